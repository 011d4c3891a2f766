package parallax.evaluation;

import java.util.OptionalDouble;
import java.util.SortedSet;

/**
 * The figures of the table, in seconds from the first launch; empty where it never happened.
 *
 * @param firstKnowledgeS first launch estimate or track
 * @param firstTrackS first confirmed track; of a salvo: when every missile had had one
 * @param impactWithin50KmS first impact prediction within 50 km of the true impact point; of a
 *     salvo: when there had been one for every missile
 * @param areasRightFromS from when the set of areas at risk is right and stays right
 * @param areasWarnedWrongly codes of areas that were at any time at risk by this picture and must
 *     not have been
 */
public record Measures(
    OptionalDouble firstKnowledgeS,
    OptionalDouble firstTrackS,
    OptionalDouble impactWithin50KmS,
    OptionalDouble areasRightFromS,
    SortedSet<String> areasWarnedWrongly) {}
