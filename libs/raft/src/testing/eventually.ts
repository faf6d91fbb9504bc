const PATIENCE_MS = 5000;
const PAUSE_MS = 5;

/** Resolves once `holds` throws no more, and rejects with what it throws when that takes too long. */
export async function eventually(holds: () => void): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      holds();
      return;
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
