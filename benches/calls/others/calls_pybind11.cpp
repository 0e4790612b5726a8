// The functions that are called, by pybind11.
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

namespace py = pybind11;

namespace {

struct Point {
    int64_t x;
    int64_t y;
    std::string label;
};

struct Person {
    int64_t id;
    std::string name;
    std::string email;
    int64_t age;
    double score;
    double ratio;
    bool active;
    bool verified;
    std::optional<int64_t> count;
    std::string city;
};

/// The same, with the texts in the objects that they come in.
struct KeptPerson {
    int64_t id;
    py::str name;
    py::str email;
    int64_t age;
    double score;
    double ratio;
    bool active;
    bool verified;
    std::optional<int64_t> count;
    py::str city;
};

template <typename T>
T field(const py::dict &dict, const char *name) {
    return py::cast<T>(dict[name]);
}

int64_t point(const py::dict &dict) {
    Point point{
        field<int64_t>(dict, "x"),
        field<int64_t>(dict, "y"),
        field<std::string>(dict, "label"),
    };
    return point.x + point.y + int64_t(point.label.size());
}

double person(const py::dict &dict) {
    Person person{
        field<int64_t>(dict, "id"),
        field<std::string>(dict, "name"),
        field<std::string>(dict, "email"),
        field<int64_t>(dict, "age"),
        field<double>(dict, "score"),
        field<double>(dict, "ratio"),
        field<bool>(dict, "active"),
        field<bool>(dict, "verified"),
        field<std::optional<int64_t>>(dict, "count"),
        field<std::string>(dict, "city"),
    };
    int64_t texts = int64_t(person.name.size() + person.email.size() + person.city.size());
    int64_t flags = int64_t(person.active) + int64_t(person.verified);
    int64_t whole = person.id + person.age + person.count.value_or(0) + flags + texts;
    return double(whole) + person.score + person.ratio;
}

double person_kept(const py::dict &dict) {
    KeptPerson person{
        field<int64_t>(dict, "id"),
        field<py::str>(dict, "name"),
        field<py::str>(dict, "email"),
        field<int64_t>(dict, "age"),
        field<double>(dict, "score"),
        field<double>(dict, "ratio"),
        field<bool>(dict, "active"),
        field<bool>(dict, "verified"),
        field<std::optional<int64_t>>(dict, "count"),
        field<py::str>(dict, "city"),
    };
    int64_t texts = int64_t(py::len(person.name) + py::len(person.email) + py::len(person.city));
    int64_t flags = int64_t(person.active) + int64_t(person.verified);
    int64_t whole = person.id + person.age + person.count.value_or(0) + flags + texts;
    return double(whole) + person.score + person.ratio;
}

int64_t total_in_place(const py::list &values) {
    int64_t sum = 0;
    for (py::handle value : values) {
        sum += py::cast<int64_t>(value);
    }
    return sum;
}

} // namespace

PYBIND11_MODULE(calls_pybind11, m) {
    m.def("nothing", [] {});
    m.def("add", [](int64_t a, int64_t b) { return a + b; }, py::arg("a"), py::arg("b"));
    m.def("scale", [](int64_t a, int64_t b) { return a * b; }, py::arg("a"), py::arg("b") = 2);
    m.def("text_length", [](std::string_view text) { return text.size(); }, py::arg("text"));
    m.def("bytes_length", [](const py::bytes &data) { return PyBytes_GET_SIZE(data.ptr()); }, py::arg("data"));
    m.def(
        "total",
        [](const std::vector<int64_t> &values) {
            return std::accumulate(values.begin(), values.end(), int64_t(0));
        },
        py::arg("values"));
    m.def("total_in_place", &total_in_place, py::arg("values"));
    m.def("point", &point, py::arg("point"));
    m.def("person", &person, py::arg("person"));
    m.def("person_kept", &person_kept, py::arg("person"));
}
