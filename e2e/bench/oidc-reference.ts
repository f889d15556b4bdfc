// A process of its own: bare oidc-provider on node http with its in-memory adapter, for the relying party of the benchmark.
// Whoever comes is signed in at once, as the person their browser names; from then on their session lives. argv: port,
// client id, client secret, redirect URI. Says "ready" when it listens.
import { generateKeyPairSync } from "node:crypto";
import http from "node:http";
import Provider from "oidc-provider";

const [port = "", clientId = "", clientSecret = "", redirectUri = ""] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

// It says at each start that what it keeps in memory is not for production; that is what it is here for.
console.info = () => {};
console.warn = () => {};

const provider = new Provider(`http://localhost:${port}`, {
  clients: [
    {
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uris: [redirectUri],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
      id_token_signed_response_alg: "RS256",
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig" }] },
  scopes: ["openid", "profile", "email", "roles"],
  claims: {
    openid: ["sub", "acr", "amr", "auth_time"],
    profile: ["name", "office"],
    email: ["email", "email_verified"],
    roles: ["kunci_roles"],
  },
  features: { devInteractions: { enabled: false } },
  pkce: { required: () => true },
  issueRefreshToken: async () => true,
  rotateRefreshToken: true,
  ttl: {
    AuthorizationCode: 60,
    AccessToken: 600,
    IdToken: 3_600,
    RefreshToken: 43_200,
    Grant: 43_200,
    Session: 43_200,
  },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({
      sub,
      name: "Nurul Izzah binti Contoh",
      email: "nurul@contoh.example.gov.my",
      email_verified: true,
      office: { code: "0101", name: "Ibu Pejabat" },
      kunci_roles: [],
    }),
  }),
});

const callback = provider.callback();
const server = http.createServer((req, res) => {
  if (!req.url?.startsWith("/interaction/")) return void callback(req, res);
  void signIn(req, res);
});

async function signIn(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
  const accountId = String(req.headers["x-person"]);
  const grant = new provider.Grant({ accountId, clientId });
  grant.addOIDCScope("openid profile email roles");
  const result = {
    login: { accountId, acr: "urn:kunci:aal1", amr: ["pwd"] },
    consent: { grantId: await grant.save() },
  };
  await provider.interactionFinished(req, res, result);
}

server.listen(Number(port), "localhost", () => console.log("ready"));
