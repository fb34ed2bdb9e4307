package dev.devshell.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationTests {
    @Test
    void takesAwayEveryNameAndNumberThatTwoCopiesWouldShare() {
        String text = Isolation.of(ConfigReader.parse("""
                services:
                  web:
                    container_name: shop-web
                    ports:
                      - {mode: ingress, host_ip: 127.0.0.1, target: 3000, published: "3000", protocol: tcp}
                  db: {image: postgres}
                networks:
                  default: {name: shop_default}
                  company: {name: company, external: true}
                volumes:
                  data: {name: data}
                """), "shop-1", Map.of("owner", "a\"$b"));

        assertThat(text).isEqualTo("""
                services:
                  "web":
                    container_name: !reset null
                    labels:
                      "owner": "a\\"$$b"
                    ports: !override
                      - target: 3000
                        protocol: "tcp"
                        host_ip: "127.0.0.1"
                  "db":
                    labels:
                      "owner": "a\\"$$b"
                networks:
                  "default":
                    name: "shop-1_default"
                    labels:
                      "owner": "a\\"$$b"
                volumes:
                  "data":
                    name: "shop-1_data"
                    labels:
                      "owner": "a\\"$$b"
                """);
    }
}
