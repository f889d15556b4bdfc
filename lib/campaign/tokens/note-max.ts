/** Code points of what may be said when a token moves: as many as an officer's reason has. */
export const NOTE_MAX = 500;
