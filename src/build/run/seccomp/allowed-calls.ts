import { calls } from './call-names.js'

/**
 * The system calls that a sandboxed program may make, whatever their arguments: what compilers, shells and
 * test suites need. The set is that of Docker's and BuildKit's default for the capabilities in
 * `../capabilities.ts`. Names that an architecture or a runtime does not know are passed over by the runtime.
 */
export const allowedCalls: readonly string[] = [
  // Files and folders: by name
  ...calls(`
    access chdir chmod chown chown32 chroot creat faccessat faccessat2 fchmodat fchmodat2 fchownat
    file_getattr file_setattr fstatat64 futimesat getcwd getxattr getxattrat lchown lchown32
    lgetxattr link linkat listmount listxattr listxattrat llistxattr lremovexattr lsetxattr lstat
    lstat64 mkdir mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 readlink
    readlinkat removexattr removexattrat rename renameat renameat2 rmdir setxattr setxattrat stat
    stat64 statfs statfs64 statmount statx symlink symlinkat truncate truncate64 umask unlink
    unlinkat utime utimensat utimensat_time64 utimes
  `),
  // Files and folders: opened
  ...calls(`
    _llseek cachestat close close_range copy_file_range dup dup2 dup3 fadvise64 fadvise64_64
    fallocate fchdir fchmod fchown fchown32 fcntl fcntl64 fdatasync fgetxattr flistxattr flock
    fremovexattr fsetxattr fstat fstat64 fstatfs fstatfs64 fsync ftruncate ftruncate64 getdents
    getdents64 ioctl lseek pread64 preadv preadv2 pwrite64 pwritev pwritev2 read readahead readv
    sendfile sendfile64 splice sync sync_file_range syncfs tee vmsplice write writev
  `),
  // Waiting for files, and telling of changes
  ...calls(`
    _newselect epoll_create epoll_create1 epoll_ctl epoll_ctl_old epoll_pwait epoll_pwait2
    epoll_wait epoll_wait_old eventfd eventfd2 fanotify_mark inotify_add_watch inotify_init
    inotify_init1 inotify_rm_watch io_cancel io_destroy io_getevents io_pgetevents
    io_pgetevents_time64 io_setup io_submit poll ppoll ppoll_time64 pselect6 pselect6_time64 select
    signalfd signalfd4
  `),
  // Memory
  ...calls(`
    brk get_thread_area madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock
    mlock2 mlockall mmap mmap2 mprotect mremap mseal msync munlock munlockall munmap pkey_alloc
    pkey_free pkey_mprotect process_mrelease remap_file_pages set_thread_area
  `),
  // Processes and threads
  ...calls(`
    arch_prctl capget capset execve execveat exit exit_group fork get_robust_list getcpu getegid
    getegid32 geteuid geteuid32 getgid getgid32 getgroups getgroups32 getpgid getpgrp getpid getppid
    getpriority getresgid getresgid32 getresuid getresuid32 getrlimit getrusage getsid gettid getuid
    getuid32 ioprio_get ioprio_set landlock_add_rule landlock_create_ruleset landlock_restrict_self
    modify_ldt pidfd_open pidfd_send_signal prctl prlimit64 process_vm_readv process_vm_writev
    ptrace rseq sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr
    sched_getparam sched_getscheduler sched_rr_get_interval sched_rr_get_interval_time64
    sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield seccomp
    set_robust_list set_tid_address setfsgid setfsgid32 setfsuid setfsuid32 setgid setgid32
    setgroups setgroups32 setpgid setpriority setregid setregid32 setresgid setresgid32 setresuid
    setresuid32 setreuid setreuid32 setrlimit setsid setuid setuid32 sysinfo ugetrlimit uname uprobe
    uretprobe vfork wait4 waitid waitpid
  `),
  // Signals
  ...calls(`
    alarm kill pause restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo
    rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_sigtimedwait_time64 rt_tgsigqueueinfo sigaltstack
    sigprocmask sigreturn tgkill tkill
  `),
  // Time: read and waited for, never set
  ...calls(`
    adjtimex clock_adjtime clock_adjtime64 clock_getres clock_getres_time64 clock_gettime
    clock_gettime64 clock_nanosleep clock_nanosleep_time64 getitimer gettimeofday nanosleep
    setitimer time timer_create timer_delete timer_getoverrun timer_gettime timer_gettime64
    timer_settime timer_settime64 timerfd_create timerfd_gettime timerfd_gettime64 timerfd_settime
    timerfd_settime64 times
  `),
  // Talking to each other: pipes, sockets, queues, semaphores, shared memory
  ...calls(`
    accept accept4 bind connect futex futex_requeue futex_time64 futex_wait futex_waitv futex_wake
    getpeername getsockname getsockopt ipc listen mq_getsetattr mq_notify mq_open mq_timedreceive
    mq_timedreceive_time64 mq_timedsend mq_timedsend_time64 mq_unlink msgctl msgget msgrcv msgsnd
    pipe pipe2 recv recvfrom recvmmsg recvmmsg_time64 recvmsg semctl semget semop semtimedop
    semtimedop_time64 send sendmmsg sendmsg sendto setsockopt shmat shmctl shmdt shmget shutdown
    socketpair
  `),
  // Random bytes
  ...calls(`
    getrandom
  `),
  // Those of ARM
  ...calls(`
    arm_fadvise64_64 arm_sync_file_range breakpoint cacheflush set_tls sync_file_range2
  `)
]
