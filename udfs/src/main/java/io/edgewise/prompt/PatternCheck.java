package io.edgewise.prompt;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A check of regular expressions. It separates those that are safe to search for in any text from those whose search may never end, since
 * the tokenizer library can then only abort the process. It knows the forms that tokenizers use, and refuses whatever could hide a
 * repetition within a repetition.
 */
final class PatternCheck {
    private static final int MOST_REPETITIONS = 2;
    private static final Pattern QUANTIFIER = Pattern.compile("\\{(\\d{1,3})}|[*+?][+?]?|\\{\\d*,\\d*}\\??");
    private static final String ESCAPES = "sSdDwWrntfvbBAzZ";
    private static final Set<String> GROUPS = Set.of("?:", "?i:", "?i)", "?=", "?!", "?<=", "?<!", "?>");

    /**
     * A group that is being read: the repetitions in a row in this alternative, and the most in an earlier one; whether it can match in
     * several ways; whether something in it is repeated an exact number of times.
     */
    private static final class Group {
        private int repetitions;
        private int most;
        private boolean isChoice;
        private boolean isCounted;
    }

    private final String pattern;
    private final Deque<Group> groups = new ArrayDeque<>();
    private int at;

    private PatternCheck(String pattern) {
        this.pattern = pattern;
        groups.push(new Group());
    }

    /** What is wrong with a pattern, to follow its name in a message; null where nothing is. */
    static @Nullable String fault(String pattern) {
        return new PatternCheck(pattern).fault();
    }

    private @Nullable String fault() {
        while (at < pattern.length()) {
            String fault = next(pattern.charAt(at++));
            if (fault != null) {
                return fault;
            }
        }
        return groups.size() == 1 ? null : "has a group without an end";
    }

    private @Nullable String next(char c) {
        Group group = groups.element();
        return switch (c) {
            case '(' -> opened();
            case ')' -> closed();
            case '|' -> {
                group.most = Math.max(group.most, group.repetitions);
                group.repetitions = 0;
                group.isChoice = true;
                yield null;
            }
            case '\\' -> escaped() ? quantified(new Group()) : unknown();
            case '[' -> passedSet() ? quantified(new Group()) : unknown();
            case '*', '+', '?', '{' -> unknown();
            default -> quantified(new Group());
        };
    }

    private @Nullable String opened() {
        if (pattern.startsWith("?", at)) {
            String head = GROUPS.stream()
                    .filter(known -> pattern.startsWith(known, at))
                    .findFirst()
                    .orElse("");
            if (head.isEmpty()) {
                return unknown();
            }
            at += head.length();
            if (head.endsWith(")")) {
                return null;
            }
        }
        groups.push(new Group());
        return null;
    }

    private @Nullable String closed() {
        Group group = groups.pop();
        if (groups.isEmpty()) {
            return "has an end without a group";
        }
        group.most = Math.max(group.most, group.repetitions);
        return quantified(group);
    }

    /** Reads the quantifier after an element, and counts repetitions. */
    private @Nullable String quantified(Group thing) {
        Group group = groups.element();
        group.repetitions += thing.most;
        group.isChoice |= thing.isChoice;
        group.isCounted |= thing.isCounted;
        Matcher quantifier = QUANTIFIER.matcher(pattern).region(at, pattern.length());
        if (!quantifier.lookingAt()) {
            return tooMany(group);
        }
        at = quantifier.end();
        boolean isExact = quantifier.group(1) != null;
        boolean isAtMostOnce = quantifier.group().startsWith("?");
        if (!isAtMostOnce && (thing.most > 0 || thing.isChoice || (isExact && thing.isCounted))) {
            return "repeats a choice or a repetition";
        }
        group.repetitions += isExact || isAtMostOnce ? 0 : 1;
        group.isChoice |= !isExact;
        group.isCounted |= isExact;
        return tooMany(group);
    }

    private static @Nullable String tooMany(Group group) {
        return group.repetitions > MOST_REPETITIONS ? "has more than two repetitions in a row" : null;
    }

    private boolean escaped() {
        char c = at < pattern.length() ? pattern.charAt(at++) : 'c';
        if (c == 'p' || c == 'P' || c == 'x') {
            boolean hasBraces = pattern.startsWith("{", at);
            at = hasBraces ? pattern.indexOf('}', at) + 1 : at;
            return (hasBraces && at > 0) || c == 'x';
        }
        return ESCAPES.indexOf(c) >= 0 || c == 'u' || (c < 128 && !Character.isLetterOrDigit(c));
    }

    /** Passes a set of characters; a set within a set isn't supported. */
    private boolean passedSet() {
        at += pattern.startsWith("^", at) ? 1 : 0;
        int begin = at;
        while (at < pattern.length()) {
            char c = pattern.charAt(at++);
            if (c == ']') {
                return at - 1 > begin;
            }
            if (c == '[' || (c == '\\' && !escaped())) {
                return false;
            }
        }
        return false;
    }

    private static String unknown() {
        return "has a form that could search without end";
    }
}
