//! Tracks of waypoints: how long they are, and shorter ones that look the same.

#![forbid(unsafe_code)]

use convert_core::exceptions::PyValueError;
use convert_core::prelude::*;

convert_core::create_exception!(waypoints, EmptyTrack, PyValueError, "A track without points.");

/// A place on Earth, in degrees; from a dict or from any object with these attributes.
#[derive(FromPyObject, IntoPy, Clone, Copy)]
struct Point {
    lat: f64,
    lon: f64,
    #[py(default, skip_none)]
    elevation: Option<f64>,
}

#[derive(FromPyObject)]
struct Track {
    name: String,
    points: Vec<Point>,
}

#[derive(IntoPy)]
struct Summary {
    name: String,
    points: usize,
    metres: f64,
    climb: f64,
}

impl Track {
    /// The points, of which there is one at least.
    fn some_points(&self) -> PyResult<&[Point]> {
        if self.points.is_empty() {
            return Err(EmptyTrack::new_err(format!("the track {:?} has no points", self.name)));
        }
        Ok(&self.points)
    }
}

impl Point {
    const EARTH_RADIUS: f64 = 6_371_008.8;

    /// The way along the surface to another point, in metres (haversine).
    fn distance(self, other: Point) -> f64 {
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let cosines = self.lat.to_radians().cos() * other.lat.to_radians().cos();
        let square = half(self.lat, other.lat) + cosines * half(self.lon, other.lon);
        2.0 * Self::EARTH_RADIUS * square.sqrt().min(1.0).asin()
    }

    /// How far it is from the straight line between two others, in metres, on a flat map around it.
    fn offset(self, start: Point, end: Point) -> f64 {
        let degree = Self::EARTH_RADIUS.to_radians();
        let map = |point: Point| {
            let east = (point.lon - self.lon) * degree * self.lat.to_radians().cos();
            (east, (point.lat - self.lat) * degree)
        };
        let ((x0, y0), (x1, y1)) = (map(start), map(end));
        let (dx, dy) = (x1 - x0, y1 - y0);
        let square = dx * dx + dy * dy;
        let along = if square > 0.0 { -(x0 * dx + y0 * dy) / square } else { 0.0 };
        let along = along.clamp(0.0, 1.0);
        (x0 + along * dx).hypot(y0 + along * dy)
    }
}

/// The points that matter: without the others, the line nowhere moves farther than `tolerance`
/// (Ramer, Douglas, Peucker).
fn essential(points: &[Point], tolerance: f64) -> Vec<Point> {
    let mut keep = vec![false; points.len()];
    let mut spans = vec![(0, points.len() - 1)];
    while let Some((start, end)) = spans.pop() {
        keep[start] = true;
        keep[end] = true;
        let offset = |index: &usize| points[*index].offset(points[start], points[end]);
        let farthest = (start + 1..end).max_by(|a, b| offset(a).total_cmp(&offset(b)));
        if let Some(farthest) = farthest.filter(|farthest| offset(farthest) > tolerance) {
            spans.extend([(start, farthest), (farthest, end)]);
        }
    }
    points.iter().zip(keep).filter_map(|(point, keep)| keep.then_some(*point)).collect()
}

/// What `import waypoints` finds behind its Python files.
#[pymodule(name = "_native")]
mod native {
    use super::*;

    #[pymodule_export]
    use super::EmptyTrack;

    /// The length of a track and how much of it goes up, in metres.
    #[pyfunction]
    fn summary(track: Track) -> PyResult<Summary> {
        let points = track.some_points()?;
        let mut metres = 0.0;
        let mut climb = 0.0;
        for pair in points.windows(2) {
            metres += pair[0].distance(pair[1]);
            if let (Some(from), Some(to)) = (pair[0].elevation, pair[1].elevation) {
                climb += (to - from).max(0.0);
            }
        }
        Ok(Summary { points: points.len(), name: track.name, metres, climb })
    }

    /// The track without the points that hardly change its line: by `tolerance` metres at most.
    #[pyfunction(signature = (track, /, *, tolerance = 10.0))]
    fn simplify(py: Python<'_>, track: Track, tolerance: f64) -> PyResult<Vec<Point>> {
        let points = track.some_points()?;
        // No Python object is needed from here on, so other threads may run.
        Ok(py.detach(|| essential(points, tolerance)))
    }

    /// Single points.
    #[pymodule]
    mod geo {
        use super::*;

        const EARTH_RADIUS: f64 = Point::EARTH_RADIUS;

        /// The way along the surface from one point to another, in metres.
        #[pyfunction]
        fn distance(start: Point, end: Point) -> f64 {
            start.distance(end)
        }
    }
}
