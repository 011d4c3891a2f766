/**
 * The tamper-evident log of a node: an append-only Merkle tree (RFC 6962) over what the node
 * decided, released, took in, warned of and was ordered, with signed checkpoints (C2SP signed-note,
 * tlog-checkpoint), laid out as tiles (C2SP tlog-tiles). Bytes in, bytes out.
 */
@NullMarked
package parallax.audit;

import org.jspecify.annotations.NullMarked;
