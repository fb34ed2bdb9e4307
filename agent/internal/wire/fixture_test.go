package wire

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const fixtures = "../../testdata/wire"

// direction of a fixture is told by its message: what only devshell sends is read by ToAgent.
func readFixture(t *testing.T, stream []byte) (*Direction, Message) {
	t.Helper()
	in := bytes.NewReader(stream)
	if err := ReadPreamble(in); err != nil {
		t.Fatal(err)
	}
	d := ToHost
	if stream[10] < 0x80 {
		d = ToAgent
	}
	m, err := d.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	if in.Len() > 0 {
		t.Fatalf("%d bytes after the message", in.Len())
	}
	return d, m
}

func loadFixture(t testing.TB, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	stream, err := hex.DecodeString(strings.Join(strings.Fields(string(text)), ""))
	if err != nil {
		t.Fatal(err)
	}
	return stream
}

func TestFixtures(t *testing.T) {
	files, _ := filepath.Glob(fixtures + "/*.hex")
	seen := map[reflect.Type]bool{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".hex"), func(t *testing.T) {
			stream := loadFixture(t, file)
			d, m := readFixture(t, stream)
			seen[reflect.TypeOf(m)] = true

			written, err := d.Append(bytes.Clone(Preamble), m)
			if err != nil || !bytes.Equal(written, stream) {
				t.Errorf("written %x, %v\nfixture %x", written, err, stream)
			}

			text, err := os.ReadFile(strings.TrimSuffix(file, "hex") + "json")
			if err != nil {
				t.Fatal(err)
			}
			var want any
			if err := json.Unmarshal(text, &want); err != nil {
				t.Fatal(err)
			}
			twin, _ := json.Marshal(twin("", reflect.ValueOf(m).Elem()))
			var got any
			_ = json.Unmarshal(twin, &got)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("read %s\nfixture %s", twin, text)
			}
		})
	}
	for _, d := range []*Direction{ToAgent, ToHost} {
		for message := range d.code {
			if !seen[message] {
				t.Errorf("no fixture of %v", message)
			}
		}
	}
}

// names of the constants, and of fields whose Java name differs by more than the case of the first letter
var (
	constants = map[reflect.Type][]string{
		reflect.TypeOf(Docker):         {"docker", "git"},
		reflect.TypeOf(File):           {"absent", "file", "directory"},
		reflect.TypeOf(More):           {"more", "last", "given_up"},
		reflect.TypeOf(ByPlan):         {"plan", "overflow", "root_came_back"},
		reflect.TypeOf(PathUnreadable): {"", "unreadable", "not_utf8", "special", "watch_limit", "overflow", "name_too_long", "link_in_root"},
		reflect.TypeOf(Applied): {"applied", "mismatch", "not_empty", "no_space", "read_only", "denied", "link_in_path",
			"name_too_long", "outside", "io_error", "bad_content"},
	}
	nodes    = []string{"Absent", "File", "Directory", "Link", "Special", "Unreadable"}
	contents = []string{"None", "Inline", "Sliced"}
)

// twin renders a value as the fixture's JSON does.
func twin(name string, v reflect.Value) any {
	switch value := v.Interface().(type) {
	case Digest:
		return hex.EncodeToString(value[:])
	case []byte:
		return hex.EncodeToString(value)
	case Content:
		object := map[string]any{"is": contents[value.How]}
		if value.How == Inline {
			object["data"] = hex.EncodeToString(value.Data)
		}
		return object
	case Entry:
		return map[string]any{"is": "Entry", "path": value.Path, "node": twin("", reflect.ValueOf(value.Node())),
			"mode": value.Mode, "size": value.Size, "mtimeNanos": value.Mtime}
	case Node:
		object := map[string]any{"is": nodes[value.Kind]}
		switch value.Kind {
		case File:
			object["digest"] = hex.EncodeToString(value.Digest[:])
			object["executable"] = value.Executable
		case Link:
			object["target"] = value.Target
		}
		return object
	case uint64:
		return fmt.Sprintf("%016x", value)
	}
	if names, ok := constants[v.Type()]; ok {
		return names[v.Uint()]
	}
	switch v.Kind() {
	case reflect.Slice:
		items := []any{}
		for i := range v.Len() {
			items = append(items, twin(name, v.Index(i)))
		}
		return items
	case reflect.Struct:
		object := map[string]any{"is": v.Type().Name()}
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			object[javaName(field)] = twin(field, v.Field(i))
		}
		return object
	}
	return v.Interface()
}

func javaName(field string) string {
	switch field {
	case "ID", "PID", "IDs":
		return strings.ToLower(field)
	}
	return strings.ToLower(field[:1]) + field[1:]
}
