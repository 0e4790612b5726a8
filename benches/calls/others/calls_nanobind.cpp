// The functions that are called, by nanobind.
#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nanobind/nanobind.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

namespace nb = nanobind;

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
    nb::str name;
    nb::str email;
    int64_t age;
    double score;
    double ratio;
    bool active;
    bool verified;
    std::optional<int64_t> count;
    nb::str city;
};

template <typename T>
T field(const nb::dict &dict, const char *name) {
    return nb::cast<T>(dict[name]);
}

int64_t point(const nb::dict &dict) {
    Point point{
        field<int64_t>(dict, "x"),
        field<int64_t>(dict, "y"),
        field<std::string>(dict, "label"),
    };
    return point.x + point.y + int64_t(point.label.size());
}

double person(const nb::dict &dict) {
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

double person_kept(const nb::dict &dict) {
    KeptPerson person{
        field<int64_t>(dict, "id"),
        field<nb::str>(dict, "name"),
        field<nb::str>(dict, "email"),
        field<int64_t>(dict, "age"),
        field<double>(dict, "score"),
        field<double>(dict, "ratio"),
        field<bool>(dict, "active"),
        field<bool>(dict, "verified"),
        field<std::optional<int64_t>>(dict, "count"),
        field<nb::str>(dict, "city"),
    };
    int64_t texts = int64_t(nb::len(person.name) + nb::len(person.email) + nb::len(person.city));
    int64_t flags = int64_t(person.active) + int64_t(person.verified);
    int64_t whole = person.id + person.age + person.count.value_or(0) + flags + texts;
    return double(whole) + person.score + person.ratio;
}

int64_t total_in_place(const nb::list &values) {
    int64_t sum = 0;
    for (nb::handle value : values) {
        sum += nb::cast<int64_t>(value);
    }
    return sum;
}

} // namespace

NB_MODULE(calls_nanobind, m) {
    m.def("nothing", [] {});
    m.def("add", [](int64_t a, int64_t b) { return a + b; }, nb::arg("a"), nb::arg("b"));
    m.def("scale", [](int64_t a, int64_t b) { return a * b; }, nb::arg("a"), nb::arg("b") = 2);
    m.def("text_length", [](std::string_view text) { return text.size(); }, nb::arg("text"));
    m.def("bytes_length", [](const nb::bytes &data) { return data.size(); }, nb::arg("data"));
    m.def(
        "total",
        [](const std::vector<int64_t> &values) {
            return std::accumulate(values.begin(), values.end(), int64_t(0));
        },
        nb::arg("values"));
    m.def("total_in_place", &total_in_place, nb::arg("values"));
    m.def("point", &point, nb::arg("point"));
    m.def("person", &person, nb::arg("person"));
    m.def("person_kept", &person_kept, nb::arg("person"));
}
