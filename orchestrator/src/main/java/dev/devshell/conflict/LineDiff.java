package dev.devshell.conflict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The lines of two texts side by side, by the greedy algorithm of Myers (1986), An O(ND) Difference Algorithm.
 *
 * <p>Texts that differ in very many lines are not worth the search: what is between their common beginning and end is shown
 * as replaced.
 */
public final class LineDiff {
    /** The search takes memory by the square of this. */
    private static final int MOST_EDITS = 1500;

    private final List<String> left;
    private final List<String> right;
    private final List<Row> rows = new ArrayList<>();

    private LineDiff(List<String> left, List<String> right) {
        this.left = left;
        this.right = right;
    }

    /** How two lines beside one another stand to each other. */
    public enum Kind {
        SAME,
        CHANGED,
        /** There is none on the right. */
        LEFT,
        /** There is none on the left. */
        RIGHT
    }

    /**
     * A line on each side.
     *
     * @param leftNumber from 1; 0 where there is none
     */
    public record Row(Kind kind, int leftNumber, String left, int rightNumber, String right) {}

    /** Returns all lines of both, in order. */
    public static List<Row> of(List<String> left, List<String> right) {
        LineDiff diff = new LineDiff(left, right);
        diff.build();
        return diff.rows;
    }

    private void build() {
        int start = 0;
        int shorter = Math.min(left.size(), right.size());
        while (start < shorter && left.get(start).equals(right.get(start))) {
            same(start, start);
            start++;
        }
        int end = 0;
        while (end < shorter - start && left.get(left.size() - 1 - end).equals(right.get(right.size() - 1 - end))) {
            end++;
        }
        int leftEnd = left.size() - end;
        int rightEnd = right.size() - end;
        int x = start;
        int y = start;
        for (int[] run : commonRuns(start, leftEnd, rightEnd)) {
            differ(x, run[0], y, run[1]);
            for (int i = 0; i < run[2]; i++) {
                same(run[0] + i, run[1] + i);
            }
            x = run[0] + run[2];
            y = run[1] + run[2];
        }
        differ(x, leftEnd, y, rightEnd);
        for (int i = 0; i < end; i++) {
            same(leftEnd + i, rightEnd + i);
        }
    }

    private void same(int x, int y) {
        rows.add(new Row(Kind.SAME, x + 1, left.get(x), y + 1, right.get(y)));
    }

    private void differ(int leftFrom, int leftTo, int rightFrom, int rightTo) {
        int x = leftFrom;
        int y = rightFrom;
        while (x < leftTo && y < rightTo) {
            rows.add(new Row(Kind.CHANGED, x + 1, left.get(x), y + 1, right.get(y)));
            x++;
            y++;
        }
        for (; x < leftTo; x++) {
            rows.add(new Row(Kind.LEFT, x + 1, left.get(x), 0, ""));
        }
        for (; y < rightTo; y++) {
            rows.add(new Row(Kind.RIGHT, 0, "", y + 1, right.get(y)));
        }
    }

    /** Returns where lines are common between the given ends, as left, right, length; none where that takes too long. */
    private List<int[]> commonRuns(int start, int leftEnd, int rightEnd) {
        int n = leftEnd - start;
        int m = rightEnd - start;
        int most = Math.min(n + m, MOST_EDITS);
        int[] furthest = new int[2 * most + 3];
        int middle = most + 1;
        List<int[]> trace = new ArrayList<>();
        for (int d = 0; d <= most; d++) {
            for (int k = -d; k <= d; k += 2) {
                boolean down = k == -d || (k != d && furthest[middle + k - 1] < furthest[middle + k + 1]);
                int x = down ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
                while (x < n && x - k < m && x - k >= 0 && left.get(start + x).equals(right.get(start + x - k))) {
                    x++;
                }
                furthest[middle + k] = x;
                if (x >= n && x - k >= m) {
                    trace.add(java.util.Arrays.copyOfRange(furthest, middle - d - 1, middle + d + 2));
                    return runs(trace, start, n, m);
                }
            }
            trace.add(java.util.Arrays.copyOfRange(furthest, middle - d - 1, middle + d + 2));
        }
        return List.of();
    }

    /** Walks back from the end over what was reached with ever fewer edits. */
    private static List<int[]> runs(List<int[]> trace, int start, int n, int m) {
        List<int[]> runs = new ArrayList<>();
        int x = n;
        int y = m;
        for (int d = trace.size() - 1; d >= 0; d--) {
            int k = x - y;
            int fromX = 0;
            int fromK = 0;
            boolean down = false;
            if (d > 0) {
                int[] before = trace.get(d - 1);
                // index of diagonal k in what was kept for d - 1, which begins at -(d - 1) - 1
                down = k == -d || (k != d && before[k - 1 + d] < before[k + 1 + d]);
                fromK = down ? k + 1 : k - 1;
                fromX = before[fromK + d];
            }
            int begin = d == 0 ? 0 : down ? fromX : fromX + 1;
            if (x > begin) {
                runs.add(new int[] {start + begin, start + begin - k, x - begin});
            }
            x = fromX;
            y = fromX - fromK;
        }
        Collections.reverse(runs);
        return runs;
    }
}
