/** Every room's services. Their exported use cases answer the windows' calls; their exported jobs are scheduled. */
export const rooms: readonly Record<string, unknown>[] = []
