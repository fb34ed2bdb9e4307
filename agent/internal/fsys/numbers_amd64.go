package fsys

const (
	sysFstatat   = 262
	sysRenameat2 = 316
)
