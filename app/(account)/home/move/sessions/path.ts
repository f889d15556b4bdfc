export const SESSIONS_PATH = "/home/move/sessions";
