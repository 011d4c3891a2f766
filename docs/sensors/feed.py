"""Reports plots to a Parallax node, each once, also when the connection breaks.

feed.py HOST:PORT NATION FEED KEYS FILE
KEYS is a folder with sensor.pem, sensor.key and ca.pem; FILE holds lines of JSON, as 'parallax feed' reads them.
"""
import json, math, pathlib, queue, sys, time
from datetime import datetime, timezone
import grpc
from parallax.v1 import plot_pb2 as pb

AHEAD = 128  # plots under way that the node has not acknowledged


def message(feed, number, p, nation):
    seconds, _, fraction = p["time_utc"].rstrip("Z").partition(".")
    whole = int(datetime.fromisoformat(seconds).replace(tzinfo=timezone.utc).timestamp())
    plot = pb.Plot(sensor_owner=nation, sensor_name=p["sensor"],
                   time_ns=whole * 10**9 + int(fraction.ljust(9, "0")[:9]))
    if "range_m" in p:
        plot.radar.range_m = p["range_m"]
        plot.radar.azimuth_rad = math.radians(p["azimuth_deg"])  # from true north, clockwise
        plot.radar.elevation_rad = math.radians(p["elevation_deg"])
        if "range_rate_mps" in p:
            plot.radar.range_rate_mps = p["range_rate_mps"]  # positive when the target recedes
    else:
        plot.infrared.line_of_sight.extend(p["line_of_sight_" + axis] for axis in "xyz")
    return pb.PlotMessage(feed=feed, seq=number, plot=plot)


def talk(report, feed, plots, nation):
    """Reports what the node does not hold yet, over one connection; returns how many it holds."""
    outgoing = queue.Queue()
    outgoing.put(pb.PlotMessage(feed=feed))  # number 0 asks how far the feed is
    sent = None
    for answer in report(iter(outgoing.get, None)):
        if answer.rejected_seq:
            print(f"plot {answer.rejected_seq} was not used: {answer.reason}")
        sent = answer.durable_seq if sent is None else sent
        while sent < min(len(plots), answer.durable_seq + AHEAD):
            sent += 1
            outgoing.put(message(feed, sent, plots[sent - 1], nation))
        if answer.durable_seq >= len(plots):
            outgoing.put(None)  # ends the call
    return sent


def main(address, nation, feed, keys, file):
    pem = {n: pathlib.Path(keys, n).read_bytes() for n in ("ca.pem", "sensor.key", "sensor.pem")}
    with open(file, encoding="utf-8") as lines:
        plots = [json.loads(line) for line in lines]
    channel = grpc.secure_channel(
        address, grpc.ssl_channel_credentials(pem["ca.pem"], pem["sensor.key"], pem["sensor.pem"]),
        [("grpc.ssl_target_name_override", nation.lower() + ".node.parallax")])
    report = channel.stream_stream(
        "/parallax.v1.SensorFeed/Report", pb.PlotMessage.SerializeToString, pb.PlotAck.FromString)
    while True:
        try:
            talk(report, feed, plots, nation)
            return print(f"{len(plots)} plots are durable at the node")
        except grpc.RpcError as e:
            if e.code() != grpc.StatusCode.UNAVAILABLE:
                sys.exit(f"the node refuses this: {e.details()}")
            print(f"no connection, trying again: {e.details()}", file=sys.stderr)
            time.sleep(1)


main(*sys.argv[1:])
