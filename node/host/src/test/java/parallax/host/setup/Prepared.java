package parallax.host.setup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import parallax.model.Channel;
import parallax.model.Nation;

/** Two nations, JPN and KOR, that set up their directories in one folder, as tests need them. */
public final class Prepared {
  private static final String SENSORS = "sensor,owner,kind,lat_deg,lon_deg,range_km,min_elev_deg\n";

  private final Path folder;
  private final SortedMap<Nation, List<InetSocketAddress>> ports = new TreeMap<>();

  public Prepared(Path folder) throws IOException {
    this.folder = folder;
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (Nation n : List.of(Nation.JPN, Nation.KOR)) {
        List<InetSocketAddress> two = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          ServerSocket s = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
          held.add(s);
          two.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), s.getLocalPort()));
        }
        ports.put(n, two);
      }
    } finally {
      for (ServerSocket s : held) {
        s.close();
      }
    }
  }

  static Nation other(Nation n) {
    return n.equals(Nation.JPN) ? Nation.KOR : Nation.JPN;
  }

  public Path directory(Nation n) {
    return folder.resolve(n.code());
  }

  Path offline(Nation n) {
    return folder.resolve(n + "-offline");
  }

  Path forPartners(Nation n) {
    return folder.resolve(n + "-for-partners");
  }

  InetSocketAddress link(Nation n) {
    return java.util.Objects.requireNonNull(ports.get(n)).get(0);
  }

  /** What a nation says at first: all that it knows without its partner. */
  SetupRequest first(Nation n) {
    return request(n, new TreeMap<>(), false);
  }

  /** What it says once its partner has sent its folder. */
  SetupRequest then(Nation n) {
    return request(
        n, new TreeMap<>(java.util.Map.of(other(n), List.of(forPartners(other(n))))), true);
  }

  SetupRequest request(Nation n, SortedMap<Nation, List<Path>> sent, boolean sign) {
    return new SetupRequest(
        directory(n),
        offline(n),
        forPartners(n),
        Optional.of(n),
        Optional.of(Channel.EXERCISE),
        Optional.of(link(n)),
        Optional.of(java.util.Objects.requireNonNull(ports.get(n)).get(1)),
        new TreeMap<>(java.util.Map.of(other(n), link(other(n)))),
        sent,
        new TreeSet<>(List.of(other(n))),
        Optional.empty(),
        Optional.empty(),
        Optional.of(SENSORS + "Sea radar," + n + ",ship radar,36,134,800,1\n"),
        Optional.of("Officer of " + n),
        sign);
  }

  static SetupResult run(SetupRequest r) throws Exception {
    return Setup.run(r, Instant.now(), (word, what) -> {});
  }

  /** Both nations set up, and have signed. */
  public Prepared both() throws Exception {
    run(first(Nation.JPN));
    run(first(Nation.KOR));
    run(then(Nation.JPN));
    run(then(Nation.KOR));
    run(then(Nation.JPN));
    return this;
  }

  /** The files of a tree with their contents. */
  static SortedMap<String, String> files(Path tree) throws IOException {
    SortedMap<String, String> out = new TreeMap<>();
    if (Files.isDirectory(tree)) {
      try (Stream<Path> walk = Files.walk(tree)) {
        for (Path p : walk.filter(Files::isRegularFile).toList()) {
          out.put(tree.relativize(p).toString(), Files.readString(p));
        }
      }
    }
    return out;
  }
}
