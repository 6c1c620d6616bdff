/** Packages of Debian that tests use, by what they are for. Tests whose peers are missing are skipped. */
export const peerPackages: readonly {
  readonly purpose: string
  readonly packages: readonly string[]
}[] = [
  { purpose: 'builds', packages: ['util-linux', 'uidmap', 'runc', 'crun'] },
  { purpose: 'other readers of images', packages: ['skopeo', 'umoci', 'podman'] },
  { purpose: 'a registry', packages: ['docker-registry'] },
  { purpose: 'signatures', packages: ['gnupg'] },
  { purpose: 'archives', packages: ['bzip2', 'xz-utils', 'zstd', 'attr', 'libcap2-bin'] },
  { purpose: 'programs inside images', packages: ['busybox-static'] },
  { purpose: 'other processors', packages: ['qemu-user-static'] },
  { purpose: 'other compilers', packages: ['gcc', 'gcc-multilib', 'clang'] },
  { purpose: 'the launcher', packages: ['shellcheck'] },
  { purpose: 'completion', packages: ['zsh', 'fish'] }
]
