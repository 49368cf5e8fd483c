package io.edgewise.jobs.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prompts of which none can be used get one clear line, exit status 2, and leave nothing behind. */
class WrongPromptsTest {
    @TempDir
    private Path temporary;

    private WrongInput wrong;

    @BeforeEach
    void nameTheOutput() {
        wrong = new WrongInput(temporary);
    }

    @Test
    void aPromptFileThatIsMissing() {
        wrong.refused(
                "No such prompt file",
                wrong.score("--prompts", temporary.resolve("nosuch.json").toString()));
    }

    @Test
    void aPromptFileThatIsNoJson() throws IOException {
        wrong.refused("Not JSON", wrong.score("--prompts", wrong.file("prompts.json", "{\"prompts\": [{\"clean\": }")));
    }

    @Test
    void aPromptFileWithAFieldMissingEverywhere() throws IOException {
        wrong.refused(
                "No usable prompt in",
                wrong.score(
                        "--prompts",
                        wrong.file(
                                "prompts.json",
                                "{\"prompts\": [{\"clean\": [1], \"corrupt\": [2], \"answers\": [3]}]}")));
    }

    @Test
    void positionsOfPromptsOfSeveralLengths() throws IOException {
        String mixed = wrong.file(
                "prompts.json",
                "{\"prompts\": [{\"clean\": [1, 2], \"corrupt\": [3, 2], \"answers\": [3],"
                        + " \"wrong_answers\": [4]}, {\"clean\": [1, 2, 3], \"corrupt\": [3, 2, 3], \"answers\": [3],"
                        + " \"wrong_answers\": [4]}]}");
        wrong.refused(
                "--seq-len 2 wants prompts of 2 tokens, got some of 3",
                wrong.score("--prompts", mixed, "--seq-len", "2"));
    }

    @Test
    void aPrefixThatPromptsDontShare() throws IOException {
        String two = wrong.file(
                "prompts.json",
                "{\"prompts\": [{\"clean\": [1, 2, 5], \"corrupt\": [1, 2, 6], \"answers\": [3],"
                        + " \"wrong_answers\": [4]}, {\"clean\": [1, 9, 5], \"corrupt\": [1, 9, 6], \"answers\": [3],"
                        + " \"wrong_answers\": [4]}]}");
        wrong.refused(
                "--tail-divergence wants all prompts to begin with the same 2 tokens",
                wrong.score("--prompts", two, "--tail-divergence"));
    }

    @Test
    void aPrefixWhereTheFirstTokenDiffers() throws IOException {
        String none = wrong.file(
                "prompts.json",
                "{\"prompts\": [{\"clean\": [1, 2], \"corrupt\": [3, 2], \"answers\": [3],"
                        + " \"wrong_answers\": [4]}]}");
        wrong.refused(
                "in some prompt clean and corrupt differ in the first token",
                wrong.score("--prompts", none, "--tail-divergence"));
    }

    @Test
    void answersThatArentNumbersForAMeanSquaredError() {
        wrong.refused("answers has a text; wanted a list of numbers", wrong.score("--answer-function", "mse"));
    }

    @Test
    void answersForOnePositionOfAWholeOutput() {
        wrong.refused(
                "answers has answers for 1 position; the output slice has", wrong.score("--slice-output", "none"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"prompts\": [], \"prompts\": []} | Not JSON: | Duplicate field 'prompts'",
                "{\"prompts\": [{}], \"more\": [ | Not JSON: | Unexpected end-of-input",
                "{\"prompts\": []} {} | No list of prompts in | --prompts wants",
                "{\"prompts\": 5} | No list of prompts in | --prompts wants",
                "{\"prompts\": [NaN]} | Not JSON: | Non-standard token 'NaN'",
                "[1, 2] | No usable prompt in | is not a JSON object with clean",
                "[] | No prompts in | give a file with prompts",
                "[{}] {} | No list of prompts in | or the list alone",
                "null | No list of prompts in | --prompts wants",
                "{\"prompts\": []} | No prompts in | give a file with prompts",
                "<html>404</html> | Not JSON: | Unexpected character"
            })
    void aJsonFileWithoutPrompts(String content, String message, String more) throws IOException {
        String file = wrong.file("p.json", content.strip());
        wrong.refused(message, wrong.score("--prompts", file));
        wrong.refused(more.strip(), wrong.score("--prompts", file));
    }

    @Test
    void aJsonFileThatIsDeepOrNoText() throws IOException {
        Path file = temporary.resolve("p.json");
        String[] score = wrong.score("--prompts", file.toString());
        Files.writeString(file, "");
        wrong.refused("No list of prompts in", score);
        Files.writeString(file, "{\"prompts\": " + "[".repeat(200_000));
        wrong.refused("epth (65) exceeds the maximum allowed", score);
        Files.writeString(file, "{\"prompts\": [\"" + "x".repeat(21_000_000) + "\"]}");
        wrong.refused("exceeds the maximum ", score);
        Files.write(file, "{\"prompts\": [\"caf\u00e9\"]}".getBytes(StandardCharsets.ISO_8859_1));
        wrong.refused("Not UTF-8: ", score);
        Files.delete(file);
        Files.createDirectories(file);
        wrong.refused("Could not read", score);
    }

    @Test
    void tablesThatAreNone() throws IOException {
        Path file = temporary.resolve("p.parquet");
        String[] score = wrong.score("--prompts", file.toString());
        Files.writeString(file, "PAR1 but nothing else PAR1");
        wrong.refused("as Parquet: ", score);
        Files.write(file, new byte[0]);
        wrong.refused("as Parquet: ", score);
        Files.delete(file);
        Files.createDirectories(file);
        wrong.refused("as Parquet: ", score);
    }

    @Test
    void linesOfWhichNoneIsAPrompt() throws IOException {
        Path file = temporary.resolve("p.jsonl");
        String[] score = wrong.score("--prompts", file.toString());
        Files.writeString(file, "");
        wrong.refused("No prompts in", score);
        Files.write(file, "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        wrong.refused("all 1 are rejected; the first (p.jsonl#0): is not UTF-8 at byte 3", score);
        Files.writeString(file, "\u001b[31m\u2028".repeat(100) + "\n");
        wrong.refused(": is not JSON: Illegal character", score);
        Files.writeString(file, "{\"clean\": \"" + "x ".repeat(20_000_000) + "\"}\n");
        wrong.refused(": has 40000013 bytes; a prompt has at most 33554432", score);
    }
}
