export * from "./account.ts";
export * from "./audit.ts";
export * from "./authenticators.ts";
export * from "./key-check.ts";
export * from "./mail.ts";
export * from "./office.ts";
export * from "./session.ts";
export * from "./sign-in.ts";
