import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A generated county model (bench/models, convex fairness) read from its MPS file and told in the words of a planning problem:
 * cadres with their choices, and what the rows ask of all choices together. Other models are refused.
 */
final class Model {
    /** What a row asks of the sum over the choices: at most, at least, or a target with a price for each unit that is short. */
    static final class Row {
        String name;
        char sense;
        long limit;
        long price = -1; // of a unit short of the limit, -1: never short
        String slack; // the column that takes what is short
        boolean family; // cadre.i or post.p
    }

    /** A post for a cadre, or none. */
    static final class Choice {
        final String column;
        long cost;
        final List<int[]> terms = new ArrayList<>(); // row, coefficient
        final Map<Integer, int[]> states = new HashMap<>(); // by couple: side, region

        Choice(String column) {
            this.column = column;
        }
    }

    /** A couple pays its price unless its two regions are near. */
    static final class Couple {
        long price;
        String apart;
        final Map<Long, String> near = new HashMap<>(); // region of one and of the other -> flow column
    }

    final List<Row> rows = new ArrayList<>();
    final Map<String, List<Choice>> cadres = new LinkedHashMap<>();
    final Map<Integer, Couple> couples = new LinkedHashMap<>();

    static Model read(Path path) throws IOException {
        Model m = new Model();
        Map<String, Integer> index = new HashMap<>();
        Map<String, Choice> choices = new LinkedHashMap<>();
        String section = "", objective = null;
        try (BufferedReader in = Files.newBufferedReader(path)) {
            for (String line; (line = in.readLine()) != null;) {
                if (line.isBlank() || line.startsWith("*")) {
                    continue;
                }
                String[] f = line.trim().split("\\s+");
                if (!Character.isWhitespace(line.charAt(0))) {
                    section = f[0];
                    continue;
                }
                switch (section) {
                    case "ROWS" -> {
                        if (f[0].equals("N")) {
                            objective = f[1];
                        } else {
                            index.put(f[1], m.rows.size());
                            m.addRow(f[1], f[0].charAt(0));
                        }
                    }
                    case "COLUMNS" -> {
                        if (f.length > 2 && f[1].equals("'MARKER'")) {
                            continue;
                        }
                        for (int i = 1; i + 1 < f.length; i += 2) {
                            m.term(choices, index, f[0], f[i].equals(objective), f[i], Math.round(Double.parseDouble(f[i + 1])));
                        }
                    }
                    case "RHS" -> {
                        for (int i = 1; i + 1 < f.length; i += 2) {
                            if (index.containsKey(f[i])) {
                                m.rows.get(index.get(f[i])).limit = Math.round(Double.parseDouble(f[i + 1]));
                            }
                        }
                    }
                    default -> { }
                }
            }
        }
        for (Choice c : choices.values()) {
            m.cadres.computeIfAbsent(c.column.split("\\.")[1], k -> new ArrayList<>()).add(c);
        }
        return m;
    }

    private void addRow(String name, char sense) {
        Row r = new Row();
        r.name = name;
        r.sense = sense;
        rows.add(r);
    }

    /** Sorts one coefficient to what it means, by the names that bench/models gives. */
    private void term(Map<String, Choice> choices, Map<String, Integer> index, String column, boolean cost, String row, long value) {
        String[] name = column.split("\\.");
        switch (name[0]) {
            case "x", "none" -> {
                Choice c = choices.computeIfAbsent(column, Choice::new);
                String[] of = row.split("\\.");
                if (cost) {
                    c.cost = value;
                } else if (of[0].equals("flow")) {
                    c.states.put(Integer.parseInt(of[1]), new int[] {Integer.parseInt(of[2]), Integer.parseInt(of[3])});
                } else if (!of[0].equals("cadre")) {
                    c.terms.add(new int[] {index.get(row), (int) value});
                }
            }
            case "empty", "missing" -> {
                String target = (name[0].equals("empty") ? "post." : "quality.") + name[1];
                Row r = rows.get(index.get(target));
                r.slack = column;
                if (cost) {
                    r.price = value;
                }
            }
            case "apart" -> {
                Couple c = couples.computeIfAbsent(Integer.parseInt(name[1]), k -> new Couple());
                c.apart = column;
                if (cost) {
                    c.price = value;
                }
            }
            case "near" -> couples.computeIfAbsent(Integer.parseInt(name[1]), k -> new Couple()).near
                    .put(pair(Integer.parseInt(name[2]), Integer.parseInt(name[3])), column);
            default -> throw new IllegalArgumentException("no county model with convex fairness: column " + column);
        }
    }

    static long pair(int a, int b) {
        return (long) a << 32 | b;
    }
}
