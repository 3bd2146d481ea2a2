package org.hinomi.observatory.detect;

import java.util.HashMap;
import java.util.Map;

/**
 * What detectors declare, in Japanese: lines {@code detector | meaning}, {@code detectors.parameter | meaning} and {@code
 * unit NAME | unit}. What it lacks is told in English.
 */
final class JapaneseWords {
    private final Map<String, String> words = new HashMap<>();

    /**
     * Reads the text.
     *
     * @throws IllegalArgumentException naming the line
     */
    JapaneseWords(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] parts = line.split("\\|", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new IllegalArgumentException("line " + number + ": expected 'detector.parameter | meaning'");
            }
            String name = parts[0].strip();
            int dot = name.indexOf('.');
            if (dot < 0) {
                words.put(name, parts[1].strip());
                continue;
            }
            for (String detector : name.substring(0, dot).split(",", -1)) {
                words.put(detector + name.substring(dot), parts[1].strip());
            }
        }
    }

    String meaning(String detector, String english) {
        return words.getOrDefault(detector, english);
    }

    String meaning(String detector, String parameter, String english) {
        return words.getOrDefault(detector + "." + parameter, english);
    }

    String unit(String english) {
        return words.getOrDefault("unit " + english, english);
    }
}
