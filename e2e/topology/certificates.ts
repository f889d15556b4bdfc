import { spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import tls from "node:tls";

export type Certificates = {
  /** PEM of the authority, and the file it lies in (for `NODE_EXTRA_CA_CERTS`). */
  ca: string;
  caFile: string;
  certificateFile: string;
  keyFile: string;
  /** For Chromium's `--ignore-certificate-errors-spki-list`: SHA-256 of the server's public key, base64. */
  spki: string;
};

const DAYS = "2";

/** An authority of this run's own and a certificate of it for `localhost`, in this folder. */
export function makeCertificates(folder: string): Certificates {
  const at = (name: string) => path.join(folder, name);
  const key = (name: string) => [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-keyout",
    at(`${name}.key`),
  ];
  openssl([
    "req",
    "-x509",
    ...key("ca"),
    "-out",
    at("ca.crt"),
    "-days",
    DAYS,
    "-subj",
    "/CN=Kunci topology",
    "-addext",
    "keyUsage=critical,keyCertSign",
  ]);
  openssl(["req", ...key("tls"), "-out", at("tls.csr"), "-subj", "/CN=localhost"]);
  fs.writeFileSync(at("tls.ext"), "subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n");
  const [authority, signer] = [at("ca.crt"), at("ca.key")];
  openssl([
    "x509",
    "-req",
    "-in",
    at("tls.csr"),
    "-CA",
    authority,
    "-CAkey",
    signer,
    "-CAcreateserial",
    "-days",
    DAYS,
    "-extfile",
    at("tls.ext"),
    "-out",
    at("tls.crt"),
  ]);
  const { publicKey } = new X509Certificate(fs.readFileSync(at("tls.crt")));
  return {
    ca: fs.readFileSync(authority, "utf8"),
    caFile: authority,
    certificateFile: at("tls.crt"),
    keyFile: at("tls.key"),
    spki: createHash("sha256")
      .update(publicKey.export({ type: "spki", format: "der" }))
      .digest("base64"),
  };
}

/** From now on this process believes the authority, besides those it did: `fetch`, `https`, TLS sockets. */
export function trust(ca: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), ca]);
}

function openssl(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync("openssl", args, { encoding: "utf8" });
  if (error || status !== 0) throw new Error(`openssl ${args[0]} failed: ${error?.message ?? stderr}`);
}
