//go:build (linux || darwin || windows) && (amd64 || arm64) && !static

package highs

import (
	"unsafe"

	"github.com/ebitengine/purego"

	"cadre/internal/i18n"
)

// Versions that we know: functions and names of options are those of 1.15, and minor versions add to them.
const (
	needMajor = 1
	needMinor = 15
)

// library is the part of HiGHS's C interface (highs_c_api.h) that we use. A status is -1 for an error, 0, or 1 for a
// warning; handles are C pointers.
type library struct {
	version    func() string
	create     func() uintptr
	destroy    func(highs uintptr)
	intSize    func(highs uintptr) int32
	setBool    func(highs uintptr, option string, value int32) int32
	setInt     func(highs uintptr, option string, value int32) int32
	setDouble  func(highs uintptr, option string, value float64) int32
	setString  func(highs uintptr, option, value string) int32
	intInfo    func(highs uintptr, info string, value *int32) int32
	int64Info  func(highs uintptr, info string, value *int64) int32
	doubleInfo func(highs uintptr, info string, value *float64) int32

	passLP func(
		highs uintptr, columns, rows, entries, format, sense int32, offset float64, cost, lower, upper, rowLower, rowUpper []float64,
		start, index []int32, value []float64,
	) int32
	setIntegrality func(highs uintptr, from, to int32, kind []int32) int32
	setSolution    func(highs uintptr, columns []float64, rows, columnDuals, rowDuals uintptr) int32
	setCallback    func(highs, callback, data uintptr) int32
	startCallback  func(highs uintptr, kind int32) int32
	callbackItem   func(out unsafe.Pointer, name string) unsafe.Pointer

	run         func(highs uintptr) int32
	modelStatus func(highs uintptr) int32
	getSolution func(highs uintptr, columns []float64, columnDuals uintptr, rows []float64, rowDuals uintptr) int32
	getDuals    func(highs uintptr, columns, columnDuals, rows uintptr, rowDuals []float64) int32
}

// open finds, loads and checks the library.
func open() (*library, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	handle, err := load(path)
	if err != nil {
		return nil, i18n.E("%s 不能加载：%s", "%s cannot be loaded: %s", path, err)
	}
	if err := checkVersion(handle, path); err != nil {
		return nil, err
	}
	lib := &library{}
	if err := lib.bind(handle); err != nil {
		return nil, i18n.E("%s：%s", "%s: %s", path, err)
	}
	return lib, nil
}

func checkVersion(handle uintptr, path string) error {
	var major, minor func() int32
	for name, function := range map[string]any{"Highs_versionMajor": &major, "Highs_versionMinor": &minor} {
		address, err := symbol(handle, name)
		if err != nil {
			return i18n.E("%s 不是 HiGHS 的库：%s", "%s is not the library of HiGHS: %s", path, err)
		}
		purego.RegisterFunc(function, address)
	}
	if a, b := major(), minor(); a != needMajor || b < needMinor {
		return i18n.E("%s 是 HiGHS %d.%d；应为 %d.%d 或更新的 %d", "%s is HiGHS %d.%d; needed is %d.%d or a later %d", path, a, b, needMajor, needMinor, needMajor)
	}
	return nil
}

func (lib *library) bind(handle uintptr) error {
	for _, f := range []struct {
		name     string
		function any
	}{
		{"Highs_version", &lib.version},
		{"Highs_create", &lib.create},
		{"Highs_destroy", &lib.destroy},
		{"Highs_getSizeofHighsInt", &lib.intSize},
		{"Highs_setBoolOptionValue", &lib.setBool},
		{"Highs_setIntOptionValue", &lib.setInt},
		{"Highs_setDoubleOptionValue", &lib.setDouble},
		{"Highs_setStringOptionValue", &lib.setString},
		{"Highs_getIntInfoValue", &lib.intInfo},
		{"Highs_getInt64InfoValue", &lib.int64Info},
		{"Highs_getDoubleInfoValue", &lib.doubleInfo},
		{"Highs_passLp", &lib.passLP},
		{"Highs_changeColsIntegralityByRange", &lib.setIntegrality},
		{"Highs_setSolution", &lib.setSolution},
		{"Highs_setCallback", &lib.setCallback},
		{"Highs_startCallback", &lib.startCallback},
		{"Highs_getCallbackDataOutItem", &lib.callbackItem},
		{"Highs_run", &lib.run},
		{"Highs_getModelStatus", &lib.modelStatus},
		{"Highs_getSolution", &lib.getSolution},
		{"Highs_getSolution", &lib.getDuals},
	} {
		address, err := symbol(handle, f.name)
		if err != nil {
			return err
		}
		purego.RegisterFunc(f.function, address)
	}
	return nil
}
