/**
 * What a password's proof names as its credential, as an expression over its row: the digest of its hash, so that one
 * that was changed meanwhile is another.
 */
export const passwordCredentialId = `encode(sha256(convert_to(hash, 'UTF8')), 'hex')`;
