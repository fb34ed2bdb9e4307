module devshell.dev/agent

go 1.23

require (
	github.com/BurntSushi/toml v1.4.1-0.20240526193622-a339e1f7089c
	golang.org/x/exp/typeparams v0.0.0-20231108232855-2478ac86f678
	golang.org/x/mod v0.23.0
	golang.org/x/sync v0.11.0
	golang.org/x/tools v0.30.0
	honnef.co/go/tools v0.6.1
)
