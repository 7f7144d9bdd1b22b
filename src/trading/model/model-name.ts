/** A model's provider and its name there, which may have strokes of its own, of "openrouter/qwen/qwen3". */
export const parseModelName = (name: string): { readonly provider: string; readonly id: string } => {
  const [provider = "", ...id] = name.split("/");
  return { provider, id: id.join("/") };
};
