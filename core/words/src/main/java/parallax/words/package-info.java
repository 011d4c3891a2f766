/** What a node does and knows, in words for people: log, watchers' lines, lists, reports. */
@NullMarked
package parallax.words;

import org.jspecify.annotations.NullMarked;
