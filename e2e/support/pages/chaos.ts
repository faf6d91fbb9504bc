import { expect, type Locator, type Page } from '@playwright/test';

/** The Chaos page: what is cut, and what it would do before it is done. */
export class ChaosPage {
  constructor(private readonly page: Page) {}

  get plan(): Locator {
    return this.page.getByTestId('plan');
  }

  /** Draws a line between a node and all others. */
  async cutOff(id: string): Promise<void> {
    const ring = this.page.getByTestId('partition-ring');
    // A trial waits until nothing moves any more.
    await ring.hover({ trial: true });
    const [around, node] = [await box(ring), await box(this.nodeInRing(id))];
    const middle = { x: around.x + around.width / 2, y: around.y + around.height / 2 };
    const at = { x: node.x + node.width / 2, y: node.y + node.height / 2 };
    // Halfway between it and the middle, at a right angle to the way there; all of it within the ring.
    const [dx, dy] = [at.x - middle.x, at.y - middle.y].map((way) => way * 0.7) as [number, number];
    const half = { x: (middle.x + at.x) / 2, y: (middle.y + at.y) / 2 };
    await this.page.mouse.move(half.x - dy, half.y + dx);
    await this.page.mouse.down();
    await this.page.mouse.move(half.x + dy, half.y - dx, { steps: 8 });
    await this.page.mouse.up();
    await expect(this.nodeInRing(id)).toHaveText(/side [AB]/);
  }

  async apply(): Promise<void> {
    await this.plan.getByRole('button', { name: /^Apply: / }).click();
  }

  async healAll(): Promise<void> {
    await this.page.getByTestId('fault-strip').getByRole('button', { name: 'Heal all' }).click();
    await expect(this.page.getByText('No fault is in force.')).toBeVisible();
  }

  private nodeInRing(id: string): Locator {
    const ring = this.page.getByRole('group', { name: 'The nodes, to be parted' });
    return ring.getByRole('button', { name: new RegExp(`^${id}\\b`) });
  }
}

async function box(locator: Locator) {
  const found = await locator.boundingBox();
  if (found === null) throw new Error('it is not to be seen');
  return found;
}
