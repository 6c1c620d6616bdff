/**
 * A program that does nothing but end with status 0, for Linux on i386: to find out whether the kernel
 * runs such programs. An ELF file of one segment whose code follows its headers (ELF, chapter 1 and 2).
 */
export const i386Program = Uint8Array.from([
  // ELF header: magic, 32 bits, little-endian, version 1, padding
  ...[0x7f, 0x45, 0x4c, 0x46, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ...half(2), // e_type: executable
  ...half(3), // e_machine: i386
  ...word(1), // e_version
  ...word(0x08048054), // e_entry: behind the headers
  ...word(52), // e_phoff
  ...word(0), // e_shoff: no sections
  ...word(0), // e_flags
  ...half(52), // e_ehsize
  ...half(32), // e_phentsize
  ...half(1), // e_phnum
  ...[...half(0), ...half(0), ...half(0)], // no section headers
  // Program header
  ...word(1), // p_type: load
  ...word(0), // p_offset
  ...word(0x08048000), // p_vaddr
  ...word(0x08048000), // p_paddr
  ...word(91), // p_filesz
  ...word(91), // p_memsz
  ...word(5), // p_flags: read, execute
  ...word(0x1000), // p_align
  // Code
  ...[0x31, 0xc0], // xor eax, eax
  ...[0x40], // inc eax: 1 is exit
  ...[0x31, 0xdb], // xor ebx, ebx: the status
  ...[0xcd, 0x80] // int 0x80
])

function half(value: number): number[] {
  return [value & 0xff, value >> 8]
}

function word(value: number): number[] {
  return [...half(value & 0xffff), ...half(value >>> 16)]
}
