// Calls to a running server, signed in when HINOMI_NAME and HINOMI_PASSWORD say so.
let cookie = null;

export async function signIn(base) {
  if (cookie !== null) return cookie;
  const { HINOMI_NAME: name, HINOMI_PASSWORD: password } = process.env;
  cookie = '';
  if (name && password) {
    const answer = await fetch(`${base}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, password }),
    });
    if (!answer.ok) throw new Error(`signing in failed with ${answer.status}`);
    cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]).join('; ');
  }
  return cookie;
}

export async function read(base, path) {
  const answer = await fetch(`${base}/api/v1${path}`, { headers: { cookie: await signIn(base) } });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.json();
}
