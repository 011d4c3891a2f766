// Geometry of rings in the plane of longitude and latitude, for the map only.

/** The part of a closed ring inside the window (Sutherland and Hodgman, 1974). */
export function clip(ring, { west, east, south, north }) {
  const edges = [
    [(p) => p[0] >= west, (a, b) => at(a, b, (west - a[0]) / (b[0] - a[0]))],
    [(p) => p[0] <= east, (a, b) => at(a, b, (east - a[0]) / (b[0] - a[0]))],
    [(p) => p[1] >= south, (a, b) => at(a, b, (south - a[1]) / (b[1] - a[1]))],
    [(p) => p[1] <= north, (a, b) => at(a, b, (north - a[1]) / (b[1] - a[1]))],
  ];
  let points = ring.slice(0, -1);
  for (const [inside, cross] of edges) {
    const kept = [];
    points.forEach((p, i) => {
      const before = points[(i + points.length - 1) % points.length];
      if (inside(p) !== inside(before)) kept.push(cross(before, p));
      if (inside(p)) kept.push(p);
    });
    points = kept;
  }
  return points.length < 3 ? [] : [...points, points[0]];
}

const at = (a, b, t) => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];

/** Leaves out points nearer than `tolerance` degrees to the line without them (Douglas and Peucker, 1973). */
export function simplify(ring, tolerance) {
  const keep = new Set([0, ring.length - 1]);
  // A closed ring has no chord to start from: split it at the point farthest from the first.
  let far = 0;
  ring.forEach((p, i) => {
    if (square(p, ring[0]) > square(ring[far], ring[0])) far = i;
  });
  keep.add(far);
  const open = [[0, far], [far, ring.length - 1]];
  while (open.length > 0) {
    const [from, to] = open.pop();
    let worst = tolerance * tolerance;
    let index = -1;
    for (let i = from + 1; i < to; i++) {
      const d = toSegment(ring[i], ring[from], ring[to]);
      if (d > worst) {
        worst = d;
        index = i;
      }
    }
    if (index > 0) {
      keep.add(index);
      open.push([from, index], [index, to]);
    }
  }
  return ring.filter((_, i) => keep.has(i));
}

const square = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2;

function toSegment(p, a, b) {
  const length = square(a, b);
  const t = length === 0 ? 0 : ((p[0] - a[0]) * (b[0] - a[0]) + (p[1] - a[1]) * (b[1] - a[1])) / length;
  return square(p, at(a, b, Math.max(0, Math.min(1, t))));
}
