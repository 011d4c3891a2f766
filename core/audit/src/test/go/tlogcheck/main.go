// Command tlogcheck checks a log's folder with the Go project's own packages,
// golang.org/x/mod/sumdb/note and golang.org/x/mod/sumdb/tlog.
//
//	tlogcheck FOLDER VERIFIERKEY
//
// Every checkpoint of the folder (files named checkpoint or checkpoint.N) must be signed with the
// key; every entry must hash to the leaf that the tiles of the newest one prove; inclusion proofs of
// FOLDER/proofs/*.tlog-proof must hold; FOLDER/consistency, if there is one, holds lines of two sizes
// and base64 hashes. It prints what it checked.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type folder string

func (f folder) Height() int { return height }

// path is where C2SP tlog-tiles puts what x/mod calls tile/8/L/N.
func path(t tlog.Tile) string {
	p := strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/%d/", height))
	return "tile/" + strings.Replace(p, "data/", "entries/", 1)
}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		b, err := os.ReadFile(filepath.Join(string(f), path(t)))
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

func must(err error, what string) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", what, err)
		os.Exit(1)
	}
}

func hash(line string) tlog.Hash {
	b, err := base64.StdEncoding.DecodeString(line)
	must(err, line)
	var h tlog.Hash
	if copy(h[:], b) != len(h) {
		must(fmt.Errorf("%d bytes", len(b)), "hash "+line)
	}
	return h
}

func parse(signed []byte, key note.Verifier, what string) tlog.Tree {
	n, err := note.Open(signed, note.VerifierList(key))
	must(err, what)
	lines := strings.Split(n.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		must(fmt.Errorf("origin %q, name %q", lines[0], key.Name()), what)
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, what)
	return tlog.Tree{N: size, Hash: hash(lines[2])}
}

func entries(f folder, size int64) [][]byte {
	var out [][]byte
	for i := int64(0); i < size; i += 1 << height {
		w := size - i
		if w > 1<<height {
			w = 1 << height
		}
		t := tlog.Tile{H: height, L: -1, N: i >> height, W: int(w)}
		b, err := os.ReadFile(filepath.Join(string(f), path(t)))
		must(err, path(t))
		for len(b) > 0 {
			n := int(binary.BigEndian.Uint16(b))
			out = append(out, b[2:2+n])
			b = b[2+n:]
		}
	}
	return out
}

func main() {
	f := folder(os.Args[1])
	key, err := note.NewVerifier(os.Args[2])
	must(err, "verifier key")

	trees := map[int64]tlog.Tree{}
	var newest tlog.Tree
	names, _ := filepath.Glob(filepath.Join(string(f), "checkpoint*"))
	for _, name := range names {
		b, err := os.ReadFile(name)
		must(err, name)
		t := parse(b, key, name)
		trees[t.N] = t
		if t.N >= newest.N {
			newest = t
		}
	}

	hashes := tlog.TileHashReader(newest, f)
	all := entries(f, newest.N)
	if int64(len(all)) != newest.N {
		must(fmt.Errorf("%d entries, expected %d", len(all), newest.N), "bundles")
	}
	for i, e := range all {
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(i))})
		must(err, fmt.Sprintf("leaf %d", i))
		if leaf[0] != tlog.RecordHash(e) {
			must(fmt.Errorf("another hash"), fmt.Sprintf("entry %d", i))
		}
	}

	consistent := 0
	for size, t := range trees {
		if size == 0 || size == newest.N {
			continue
		}
		p, err := tlog.ProveTree(newest.N, size, hashes)
		must(err, fmt.Sprintf("prove tree %d", size))
		must(tlog.CheckTree(p, newest.N, newest.Hash, size, t.Hash), fmt.Sprintf("tree %d", size))
		consistent++
	}

	included := 0
	files, _ := filepath.Glob(filepath.Join(string(f), "proofs", "*.tlog-proof"))
	for _, name := range files {
		b, err := os.ReadFile(name)
		must(err, name)
		cut := bytes.Index(b, []byte("\n\n"))
		lines := strings.Split(string(b[:cut]), "\n")
		entry, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
		must(err, name)
		index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
		must(err, name)
		var p tlog.RecordProof
		for _, l := range lines[3:] {
			p = append(p, hash(l))
		}
		t := parse(b[cut+2:], key, name)
		must(tlog.CheckRecord(p, t.N, t.Hash, index, tlog.RecordHash(entry)), name)
		included++
	}

	proven := 0
	if b, err := os.ReadFile(filepath.Join(string(f), "consistency")); err == nil {
		for _, line := range strings.Split(strings.TrimSpace(string(b)), "\n") {
			words := strings.Fields(line)
			from, err := strconv.ParseInt(words[0], 10, 64)
			must(err, line)
			to, err := strconv.ParseInt(words[1], 10, 64)
			must(err, line)
			var p tlog.TreeProof
			for _, w := range words[2:] {
				p = append(p, hash(w))
			}
			must(tlog.CheckTree(p, to, trees[to].Hash, from, trees[from].Hash), line)
			proven++
		}
	}
	fmt.Printf("%d checkpoints, %d entries, %d trees, %d inclusion proofs, %d consistency proofs\n",
		len(trees), len(all), consistent, included, proven)
}
