// What Go's compress/gzip makes of a sequence of writes: the reference for the canonical encoder.
//
// Standard input is a sequence of frames: a length (32 bits, little-endian) and as many bytes for one write, or
// the length 0xffffffff, which ends a stream. For each stream one line is printed: digest and size.
package main

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"os"
)

const endOfStream = 0xffffffff

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	for compressStream(in) {
	}
}

func compressStream(in io.Reader) bool {
	var size counter
	digest := sha256.New()
	out := gzip.NewWriter(io.MultiWriter(digest, &size))
	for {
		var length uint32
		if binary.Read(in, binary.LittleEndian, &length) != nil {
			return false
		}
		if length == endOfStream {
			out.Close()
			fmt.Printf("sha256:%x %d\n", digest.Sum(nil), size)
			return true
		}
		piece := make([]byte, length)
		if _, err := io.ReadFull(in, piece); err != nil {
			log.Fatal(err)
		}
		out.Write(piece)
	}
}
