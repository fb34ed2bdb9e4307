module devshell.dev/agent

go 1.23
