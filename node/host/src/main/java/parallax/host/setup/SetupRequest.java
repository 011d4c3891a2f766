package parallax.host.setup;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import parallax.model.Channel;
import parallax.model.Nation;

/**
 * What is known when a directory is set up. What is empty stays as it is in the directory, or gets
 * its default.
 *
 * @param directory the node's directory
 * @param offline the folder for every key of the nation, which is locked away afterwards
 * @param forPartners the folder with what partners are sent
 * @param nation whose node it is
 * @param channel the one channel it works on
 * @param link where partners connect
 * @param national where own sensors and operators connect
 * @param addresses where partners' nodes are
 * @param sent folders and files that each partner sent
 * @param parties further parties of the agreement
 * @param agreement an agreement to take in the place of the default one
 * @param policy a policy to take in the place of the default one
 * @param sensors the text of a sensor table
 * @param officer the name of the person who operates the node
 * @param sign whether to sign the agreement for the channel with the offline key
 */
public record SetupRequest(
    Path directory,
    Path offline,
    Path forPartners,
    Optional<Nation> nation,
    Optional<Channel> channel,
    Optional<InetSocketAddress> link,
    Optional<InetSocketAddress> national,
    SortedMap<Nation, InetSocketAddress> addresses,
    SortedMap<Nation, List<Path>> sent,
    SortedSet<Nation> parties,
    Optional<Path> agreement,
    Optional<Path> policy,
    Optional<String> sensors,
    Optional<String> officer,
    boolean sign) {}
