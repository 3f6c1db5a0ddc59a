/** Takes a secret out of texts, as it is and as it stands in a URL. */
export function redact(secret: string): (text: string) => string {
  const forms = [...new Set([secret, encodeURIComponent(secret), encodeURI(secret)])];
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, "[token]"), text);
}
