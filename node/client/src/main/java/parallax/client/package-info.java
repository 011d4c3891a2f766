/** What sensors, operators and watchers of a nation use to speak with its node. */
@org.jspecify.annotations.NullMarked
package parallax.client;
