/**
 * Random operations on the host and in a real container at once, from a seed: then quiet, then a judgement.
 *
 * <pre>
 *   RandomDifferTests   a seed a test: run, judge, and shrink what fails
 *     Author            a seed -> a Script: the Steps of both sides, each an Operation after a pause
 *     Runner            plays a Script on a Stage with two Hands, while an Observer looks on
 *       Stage           the directories of one run, and the sync between them
 *       Hand            what programs do to a tree: HostHand, ContainerHand (which speaks through a Shell)
 *       Observer        which contents stood whole on a side, and where
 *       Takes           which contents the script's own programs took away, and where
 *       Kept            which contents are in the history
 *     Judge             what the sync did wrong
 *     Shrinker          a failing Script -> a shorter one that still fails
 * </pre>
 */
@NullMarked
package dev.devshell.differ;

import org.jspecify.annotations.NullMarked;
