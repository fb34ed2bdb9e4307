package fsys

const (
	sysFstatat   = 79
	sysRenameat2 = 276
)
