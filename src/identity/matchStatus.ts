/** What became of a pair of profiles that may be one customer: it waits for somebody to decide, or somebody has. */
export type MatchStatus = 'PENDING' | 'ACCEPTED' | 'REJECTED';
