/**
 * Ctrl-C, and the signals that services are stopped with. The first asks the run to finish what is in flight and to
 * commit; a second leaves at once, which loses nothing that was committed.
 */
import { EXIT } from './exit.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Interruption {
  readonly signal: AbortSignal;
  /** Back to the system's own way with signals. */
  dispose(): void;
}

/** `onLeave` runs before the process ends at the second signal: it may tidy the terminal, nothing more. */
export function catchInterruption(onFirst: () => void, onLeave: () => void): Interruption {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) {
      onLeave();
      process.exit(EXIT.interrupted);
    }
    controller.abort();
    onFirst();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    dispose: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
