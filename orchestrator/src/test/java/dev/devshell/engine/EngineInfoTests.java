package dev.devshell.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineInfoTests {
    @ParameterizedTest
    @CsvSource({
        "localhost, 0.0.0.0,   0.0.0.0",
        "localhost, 127.0.0.1, 127.0.0.1",
        "127.0.0.1, ::,        ::",
        "box,       0.0.0.0,   box",
        "box,       ::,        box",
        "box,       '',        box",
        "box,       10.0.0.7,  10.0.0.7",
        "box,       127.0.0.1, 127.0.0.1@box",
        "box,       ::1,       ::1@box"
    })
    void saysWhereAPublishedPortIs(String host, String published, String reached) {
        EngineInfo info = new EngineInfo("tcp://" + host + ":2376", host, "26.1.5", "1.45", "linux", "amd64");

        assertThat(info.reach(published)).isEqualTo(reached);
    }
}
