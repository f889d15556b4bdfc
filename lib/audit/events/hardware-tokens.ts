/** Of hardware tokens. `serial`: as it stands on the token, for people to read. */
export type HardwareTokenEvents = {
  "hardware_token.issued": Token & { importId: string };
  /** `actionId`: of the officer who wrote it down; null where its holder said so. */
  "hardware_token.lost": Token & { actionId: string | null };
  "hardware_token.misused": Token & { actionId: string };
  "hardware_token.revoked": Token & { actionId: string };
  /** By itself: its holder has moved to Roaming OTP. */
  "hardware_token.retired": Token;
  "hardware_token.returned": Token & { receipt: string };
  "hardware_token_import.uploaded": { importId: string };
  "hardware_token_import.applied": { importId: string; added: number };
  "hardware_token_import.discarded": { importId: string };
};

type Token = { tokenId: string; serial: string };
