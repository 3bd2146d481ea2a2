package org.hinomi.kernel.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Clusters of points by density, without a preset number of them: HDBSCAN (Campello, Moulavi, Sander: Density-Based
 * Clustering Based on Hierarchical Density Estimates, PAKDD 2013) with selection by excess of mass. Points have weights:
 * one stands for several that are the same. Nothing is joined over more than a greatest distance, so that one cluster
 * alone is found, too. Time grows with the square of the points, memory with their number; the same points in the same
 * order give the same clusters.
 */
final class DensityClusters {
    /** Belongs to no cluster. */
    static final int NOISE = -1;

    /** Distances below are as good as none: what is nearer together is not told apart (Malzer and Baum, MFI 2020). */
    private static final double LEAST_DISTANCE = 0.15;

    private final int[] weights;
    private final Distances distances;
    private final int neighbours;
    private final int leastSize;
    private final double reach;

    /** A joint in the tree of what is joined at which distance; leaves are the points. */
    private record Joint(int left, int right, double distance, int weight) {}

    /** A cluster of the condensed tree: what it is while it only loses single points. */
    private static final class Cluster {
        final double birth;
        final List<Integer> points = new ArrayList<>();
        final List<Cluster> children = new ArrayList<>();
        double stability;
        boolean selected;

        Cluster(double birth) {
            this.birth = birth;
        }
    }

    /**
     * Clusters that are to be found.
     *
     * @param weights how many each point stands for
     * @param neighbours how many must be near for a place to be dense
     * @param leastSize the least weight of a cluster
     * @param reach the greatest distance over which points are joined
     */
    DensityClusters(int[] weights, Distances distances, int neighbours, int leastSize, double reach) {
        this.weights = weights.clone();
        this.distances = distances;
        this.neighbours = neighbours;
        this.leastSize = leastSize;
        this.reach = reach;
    }

    /** The cluster of each point, numbered from 0; {@link #NOISE} for none. */
    int[] labels() {
        int size = weights.length;
        int[] labels = new int[size];
        Arrays.fill(labels, NOISE);
        List<Joint> joints = joints();
        List<Integer> tops = tops(joints);
        int next = 0;
        for (int top : tops) {
            if (weight(joints, top) >= leastSize) {
                Cluster root = new Cluster(1 / reach);
                condense(joints, top, root);
                select(root);
                next = label(root, labels, next);
            }
        }
        return labels;
    }

    private double[] cores() {
        int size = weights.length;
        double[] cores = new double[size];
        double[] near = new double[neighbours];
        int[] weight = new int[neighbours];
        for (int i = 0; i < size; i++) {
            int held = 0;
            for (int j = 0; j < size; j++) {
                double distance = i == j ? 0 : distances.between(i, j);
                if (held < neighbours || distance < near[held - 1]) {
                    int at = held < neighbours ? held++ : held - 1;
                    for (; at > 0 && near[at - 1] > distance; at--) {
                        near[at] = near[at - 1];
                        weight[at] = weight[at - 1];
                    }
                    near[at] = distance;
                    weight[at] = weights[j];
                }
            }
            int sum = 0;
            double core = Double.POSITIVE_INFINITY;
            for (int at = 0; at < held && sum < neighbours; at++) {
                sum += weight[at];
                core = sum >= neighbours ? near[at] : core;
            }
            cores[i] = core;
        }
        return cores;
    }

    /** The joints of single linkage by the distance of mutual reachability, nearest first (Prim's tree). */
    private List<Joint> joints() {
        int size = weights.length;
        double[] cores = cores();
        double[] nearest = new double[size];
        int[] from = new int[size];
        Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        boolean[] inside = new boolean[size];
        List<double[]> edges = new ArrayList<>();
        int current = 0;
        for (int step = 1; step < size; step++) {
            inside[current] = true;
            int next = -1;
            for (int j = 0; j < size; j++) {
                if (!inside[j]) {
                    double least = Math.max(cores[current], cores[j]);
                    if (least < nearest[j]) {
                        double distance = Math.max(least, distances.between(current, j));
                        if (distance < nearest[j]) {
                            nearest[j] = distance;
                            from[j] = current;
                        }
                    }
                    next = next < 0 || nearest[j] < nearest[next] ? j : next;
                }
            }
            if (nearest[next] <= reach) {
                edges.add(new double[] {Math.max(LEAST_DISTANCE, nearest[next]), from[next], next});
            }
            current = next;
        }
        edges.sort(Comparator.<double[]>comparingDouble(edge -> edge[0])
                .thenComparingDouble(edge -> edge[1])
                .thenComparingDouble(edge -> edge[2]));
        return joined(edges);
    }

    private List<Joint> joined(List<double[]> edges) {
        int size = weights.length;
        int[] parents = new int[size * 2];
        Arrays.setAll(parents, i -> i);
        List<Joint> joints = new ArrayList<>();
        for (double[] edge : edges) {
            int left = top(parents, (int) edge[1]);
            int right = top(parents, (int) edge[2]);
            parents[left] = parents[right] = size + joints.size();
            joints.add(new Joint(left, right, edge[0], weight(joints, left) + weight(joints, right)));
        }
        return joints;
    }

    private static int top(int[] parents, int node) {
        int top = node;
        while (parents[top] != top) {
            parents[top] = parents[parents[top]];
            top = parents[top];
        }
        return top;
    }

    private int weight(List<Joint> joints, int node) {
        return node < weights.length ? weights[node] : joints.get(node - weights.length).weight;
    }

    /** The nodes that are part of no joint, by their lowest number. */
    private List<Integer> tops(List<Joint> joints) {
        boolean[] below = new boolean[weights.length + joints.size()];
        joints.forEach(joint -> below[joint.left] = below[joint.right] = true);
        List<Integer> tops = new ArrayList<>();
        for (int node = 0; node < below.length; node++) {
            if (!below[node]) {
                tops.add(node);
            }
        }
        return tops;
    }

    private record Place(int node, Cluster cluster, double lambda) {}

    /** Walks down the tree: two parts that are both large enough are new clusters, a small one falls out. */
    private void condense(List<Joint> joints, int top, Cluster root) {
        List<Place> open = new ArrayList<>(List.of(new Place(top, root, Double.POSITIVE_INFINITY)));
        while (!open.isEmpty()) {
            Place place = open.removeLast();
            Cluster cluster = place.cluster;
            if (place.node < weights.length) {
                double lambda = Math.min(place.lambda, 1 / LEAST_DISTANCE);
                cluster.points.add(place.node);
                cluster.stability += (lambda - cluster.birth) * weights[place.node];
                continue;
            }
            Joint joint = joints.get(place.node - weights.length);
            double lambda = Math.min(place.lambda, 1 / joint.distance);
            boolean left = weight(joints, joint.left) >= leastSize;
            boolean right = weight(joints, joint.right) >= leastSize;
            if (place.lambda < Double.POSITIVE_INFINITY && joint.weight < leastSize || !left && !right) {
                open.add(new Place(joint.left, cluster, lambda));
                open.add(new Place(joint.right, cluster, lambda));
            } else if (left && right) {
                cluster.stability += (lambda - cluster.birth) * joint.weight;
                cluster.children.add(new Cluster(lambda));
                cluster.children.add(new Cluster(lambda));
                open.add(new Place(joint.left, cluster.children.getFirst(), Double.POSITIVE_INFINITY));
                open.add(new Place(joint.right, cluster.children.getLast(), Double.POSITIVE_INFINITY));
            } else {
                open.add(new Place(joint.left, cluster, left ? Double.POSITIVE_INFINITY : lambda));
                open.add(new Place(joint.right, cluster, right ? Double.POSITIVE_INFINITY : lambda));
            }
        }
    }

    /** Selects the clusters that hold the most together: a parent, or what becomes of its children. */
    private static void select(Cluster root) {
        List<Cluster> order = new ArrayList<>(List.of(root));
        for (int i = 0; i < order.size(); i++) {
            order.addAll(order.get(i).children);
        }
        for (Cluster cluster : order.reversed()) {
            double children = cluster.children.stream()
                    .mapToDouble(child -> child.stability)
                    .sum();
            cluster.selected = cluster.children.isEmpty() || cluster.stability >= children;
            cluster.stability = Math.max(cluster.stability, children);
        }
    }

    private static int label(Cluster root, int[] labels, int first) {
        int next = first;
        List<Cluster> open = new ArrayList<>(List.of(root));
        while (!open.isEmpty()) {
            Cluster cluster = open.removeLast();
            if (cluster.selected) {
                int label = next++;
                List<Cluster> inside = new ArrayList<>(List.of(cluster));
                while (!inside.isEmpty()) {
                    Cluster part = inside.removeLast();
                    part.points.forEach(point -> labels[point] = label);
                    inside.addAll(part.children);
                }
            } else {
                open.addAll(cluster.children);
            }
        }
        return next;
    }
}
