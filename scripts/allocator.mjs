/**
 * How glibc's malloc is told to give large blocks back to the system at once (mallopt(3)); elsewhere nobody reads it. By
 * itself it raises these limits with each large block that was freed, and keeps what follows: some megabytes for each
 * large document that was opened (SPEC-sync S46). The image sets the same.
 */
export const ALLOCATOR = { MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' }
