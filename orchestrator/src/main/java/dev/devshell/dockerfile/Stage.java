package dev.devshell.dockerfile;

import java.util.List;

/**
 * One stage: its {@code FROM}, and what follows it.
 *
 * @param number from 0
 * @param base the image or stage it is from, variables filled in
 */
record Stage(int number, Instruction.From from, String base, List<Instruction> body) {
    String name() {
        return from.name();
    }

    String label() {
        return name().isEmpty() ? String.valueOf(number) : name();
    }
}
