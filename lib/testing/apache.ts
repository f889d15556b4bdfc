import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, type JsonWebKey } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";

/** Where Debian and Ubuntu, then Fedora, keep them. */
const servers = ["/usr/sbin/apache2", "/usr/sbin/httpd"];
const moduleFolders = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/etc/httpd/modules"];
/** In Debian's build some of them are part of the server, and have no file. */
const modules = [
  "mpm_event",
  "unixd",
  "authn_core",
  "authz_core",
  "authz_user",
  "dir",
  "mime",
  "headers",
  "auth_openidc",
];

const KEY_ID = "apache-1";
const READY_WITHIN_MS = 10_000;

/** Why no Apache with mod_auth_openidc can be started on this machine; null where one can. */
export function whyNoApache(): string | null {
  if (!servers.some((server) => fs.existsSync(server))) return "there is no Apache (Debian: apache2)";
  return folderOf("auth_openidc") ? null : "Apache has no mod_auth_openidc (Debian: libapache2-mod-auth-openidc)";
}

const folderOf = (name: string): string | undefined =>
  moduleFolders.find((folder) => fs.existsSync(path.join(folder, `mod_${name}.so`)));

export type ApacheSystem = {
  origin: string;
  /** What the portal is told about it, as `relying-party add FILE` reads it, but for what it is called. */
  redirectUri: string;
  backchannelLogoutUri: string;
  postLogoutRedirectUri: string;
  /** Its public keys, for `private_key_jwt`. */
  jwks: { keys: JsonWebKey[] };
  /** Where it signs out, by way of the portal. */
  signOutPath: string;
  /** What it has to say for itself. */
  errors: () => string;
};

/** A system that Apache serves: the addresses are known first, since the portal has to know them before it starts. */
export async function prepareApache(): Promise<ApacheSystem & { start: (portal: Wanted) => Promise<Running> }> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "kunci-apache-"));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const redirectUri = `${origin}/masuk/callback`;
  const postLogoutRedirectUri = `${origin}/keluar.html`;
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  fs.writeFileSync(path.join(folder, "public.pem"), publicKey.export({ type: "spki", format: "pem" }));
  fs.writeFileSync(path.join(folder, "private.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  const errorLog = path.join(folder, "error.log");
  return {
    origin,
    redirectUri,
    postLogoutRedirectUri,
    backchannelLogoutUri: `${redirectUri}?logout=backchannel`,
    signOutPath: `/masuk/callback?logout=${encodeURIComponent(postLogoutRedirectUri)}`,
    jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: KEY_ID, use: "sig", alg: "RS256" }] },
    errors: () => (fs.existsSync(errorLog) ? fs.readFileSync(errorLog, "utf8") : ""),
    start: (portal) => start(folder, port, portal),
  };
}

type Wanted = { issuer: string; clientId: string };
type Running = { stop: () => Promise<void> };

async function start(folder: string, port: number, portal: Wanted): Promise<Running> {
  fillFolder(folder, port, portal);
  const server = servers.find((one) => fs.existsSync(one)) as string;
  const errorLog = path.join(folder, "error.log");
  const child = spawn(server, ["-d", folder, "-f", path.join(folder, "httpd.conf"), "-D", "FOREGROUND"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said += chunk));
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  await untilReady(port, child).catch((fault: Error) => {
    child.kill("SIGKILL");
    throw new Error(
      `Apache did not start: ${fault.message}\n${said}${fs.existsSync(errorLog) ? fs.readFileSync(errorLog, "utf8") : ""}`,
    );
  });
  return {
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fillFolder(folder: string, port: number, portal: Wanted): void {
  const pages = path.join(folder, "pages");
  for (const place of ["kakitangan", "bayaran"]) {
    fs.mkdirSync(path.join(pages, place), { recursive: true });
    fs.writeFileSync(path.join(pages, place, "index.html"), `<!doctype html><title>${place}</title><h1>${place}</h1>`);
  }
  fs.writeFileSync(path.join(pages, "keluar.html"), "<!doctype html><title>keluar</title><h1>keluar</h1>");
  fs.writeFileSync(path.join(folder, "httpd.conf"), configuration(folder, port, portal));
  // As root it steps down, and its workers must reach what root's temporary folder holds.
  fs.chmodSync(folder, 0o755);
}

/** As docs/connect-a-system.md has it, with what a server of its own needs around it. */
const configuration = (folder: string, port: number, { issuer, clientId }: Wanted): string => `
${modules.flatMap((name) => (folderOf(name) ? [`LoadModule ${name}_module ${folderOf(name)}/mod_${name}.so`] : [])).join("\n")}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
DefaultRuntimeDir ${folder}
Mutex file:${folder} default
ErrorLog ${folder}/error.log
LogLevel warn
DocumentRoot ${folder}/pages
DirectoryIndex index.html
TypesConfig /dev/null
AddType text/html .html
StartServers 1
${process.getuid?.() === 0 ? "User nobody\nGroup nogroup" : ""}

OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCPrivateKeyFiles ${KEY_ID}#${folder}/private.pem
OIDCPublicKeyFiles ${KEY_ID}#${folder}/public.pem
OIDCProviderTokenEndpointAuth private_key_jwt
OIDCRedirectURI http://127.0.0.1:${port}/masuk/callback
OIDCCryptoPassphrase ${"contoh".repeat(6)}
OIDCScope "openid profile email roles"
OIDCPKCEMethod S256
OIDCRemoteUserClaim sub
OIDCSessionType server-cache
OIDCCookieSameSite Off
OIDCPassClaimsAs environment

Header always set X-Person "%{OIDC_CLAIM_sub}e"
Header always set X-Level "%{OIDC_CLAIM_acr}e"
Header always set X-Roles "%{OIDC_CLAIM_kunci_roles}e"

<Directory "${folder}/pages">
  Require all granted
</Directory>
<Location "/masuk/callback">
  AuthType openid-connect
  Require valid-user
</Location>
<Location "/kakitangan">
  AuthType openid-connect
  Require valid-user
</Location>
<Location "/bayaran">
  AuthType openid-connect
  <RequireAny>
    Require claim acr:urn:kunci:aal2
    Require claim acr:urn:kunci:aal2:phr
  </RequireAny>
  OIDCUnAutzAction auth
  OIDCPathAuthRequestParams acr_values=urn:kunci:aal2
</Location>
<Location "/tutup">
  AuthType openid-connect
  Require claim acr:urn:kunci:aal2
  AuthzSendForbiddenOnFailure On
</Location>
`;

async function untilReady(port: number, child: ChildProcess): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS;
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (await answers(port)) return;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error("it did not answer");
}

const answers = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/keluar.html`).then(
    ({ ok }) => ok,
    () => false,
  );

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = net.createServer().once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => done(port));
    });
  });
