package dev.devshell.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * A static program of some two hundred bytes that copies its standard input to its standard output: all that stands in an image
 * {@code FROM scratch} here, so that nothing can lean on a shell.
 *
 * <p>An ELF header, one program header, the code.
 */
final class CatProgram {
    private static final int BASE = 0x400000;
    private static final int HEADERS = 64 + 56;

    private static final String AMD64 = "31c031ff" // loop: eax = read, edi = stdin
            + "488db42400f0ffff" // rsi = rsp - 4096
            + "ba00080000" // edx = 2048
            + "0f0585c07e0d" // syscall; at most 0: exit
            + "89c2bf0100000089f80f05" // write(stdout, rsi, eax)
            + "ebdc" // to loop
            + "31ffb83c0000000f05"; // exit: exit(0)

    private static final String ARM64 = "000080d2" // loop: x0 = stdin
            + "e10740d1" // x1 = sp - 4096
            + "020081d2" // x2 = 2048
            + "e80780d2010000d4" // read
            + "1f0000f1cd000054" // at most 0: exit
            + "e20300aa200080d2080880d2010000d4" // write(stdout, x1, x0)
            + "f5ffff17" // to loop
            + "000080d2a80b80d2010000d4"; // exit: exit(0)

    private CatProgram() {}

    /** Returns the program for an architecture in Go's words. */
    static byte[] bytes(String architecture) {
        boolean arm = architecture.equals("arm64");
        byte[] code = HexFormat.of().parseHex(arm ? ARM64 : AMD64);
        int size = HEADERS + code.length;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(HexFormat.of().parseHex("7f454c460201010000000000" + "00000000"));
        elf.putShort((short) 2).putShort((short) (arm ? 183 : 62)).putInt(1);
        elf.putLong(BASE + HEADERS).putLong(64).putLong(0).putInt(0);
        elf.putShort((short) 64).putShort((short) 56).putShort((short) 1);
        elf.putShort((short) 0).putShort((short) 0).putShort((short) 0);
        elf.putInt(1).putInt(5).putLong(0).putLong(BASE).putLong(BASE);
        elf.putLong(size).putLong(size).putLong(0x10000);
        elf.put(code);
        return elf.array();
    }
}
