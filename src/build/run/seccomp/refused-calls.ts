import { calls } from './call-names.js'

/**
 * The system calls that end with EPERM, as under Docker and BuildKit: no program needs them to make files from
 * files. Calls on neither list end with ENOSYS: to a program, a kernel before they were invented, which it
 * knows how to meet.
 */
export const refusedCalls: readonly string[] = [
  // Mounts and the root of the file tree
  ...calls(`
    fsconfig fsmount fsopen fspick mount mount_setattr move_mount nfsservctl open_tree pivot_root
    quotactl quotactl_fd sysfs umount umount2 ustat
  `),
  // Namespaces other than one's own
  ...calls(`
    setns unshare
  `),
  // Files past the names that lead to them, and watching all of a file system
  ...calls(`
    fanotify_init lookup_dcookie open_by_handle_at
  `),
  // The machine: its clocks, names, swap, accounts, power, ports and consoles
  ...calls(`
    acct clock_settime clock_settime64 ioperm iopl reboot setdomainname sethostname settimeofday
    stime swapoff swapon syslog vhangup
  `),
  // Code for the kernel
  ...calls(`
    bpf create_module delete_module finit_module get_kernel_syms init_module kexec_file_load
    kexec_load query_module
  `),
  // Watching and steering others
  ...calls(`
    kcmp lsm_get_self_attr lsm_list_modules lsm_set_self_attr perf_event_open pidfd_getfd
    process_madvise
  `),
  // What has led out before: keyrings, which no namespace divides, and calls with a history of holes
  ...calls(`
    add_key io_uring_enter io_uring_register io_uring_setup keyctl request_key userfaultfd
  `),
  // Placing memory on the machine's nodes
  ...calls(`
    get_mempolicy mbind migrate_pages move_pages set_mempolicy set_mempolicy_home_node
  `),
  // Relics
  ...calls(`
    _sysctl afs_syscall bdflush getpmsg putpmsg security tuxcall uselib vm86 vm86old vserver
  `)
]
