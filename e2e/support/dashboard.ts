import { expect, type Locator, type Page } from '@playwright/test';
import type { Cluster } from './cluster.js';

/** The pages by their addresses. */
export const pages = [
  'overview',
  'stage',
  'nodes',
  'data',
  'timeline',
  'chaos',
  'members',
  'metrics',
] as const;

/** The dashboard as a person sees it: panels, buttons, and words. */
export class Dashboard {
  constructor(
    readonly page: Page,
    private readonly cluster: Cluster,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(this.cluster.url);
  }

  /** Goes to a page by its address, and waits until it stands there. */
  async goTo(name: string): Promise<void> {
    await this.page.evaluate((hash) => (window.location.hash = hash), `#/${name}`);
    const main = this.page.locator(`main[data-page="${name.split(/[/?]/)[0] ?? ''}"]`);
    await main.waitFor();
    await expect(main.getByText('Loading the page…')).toHaveCount(0);
  }

  /** The verdict that stands above every page. */
  async expectHealth(health: string): Promise<void> {
    const mark = this.page.getByRole('banner').locator('[data-field="health"]');
    await expect(mark).toHaveAttribute('data-health', health);
  }

  get verdict(): Locator {
    return this.page.getByTestId('verdict');
  }

  panel(id: string): Locator {
    return this.page.getByRole('article', { name: `Node ${id}`, exact: true });
  }

  field(id: string, name: string): Locator {
    return this.panel(id).locator(`[data-field="${name}"]`);
  }

  /** All three agree, and one may be lost. */
  async expectHealthy(leader?: string): Promise<void> {
    await expect(this.verdict).toHaveAttribute('data-health', 'healthy');
    if (leader !== undefined) {
      await expect(this.verdict.locator('[data-field="cluster-leader"]')).toHaveText(leader);
    }
  }

  /** The leader that the page shows, once it shows one. */
  async leader(): Promise<string> {
    const field = this.verdict.locator('[data-field="cluster-leader"]');
    await expect(field).not.toHaveText('none');
    return (await field.textContent()) ?? '';
  }

  async act(id: string, name: string): Promise<void> {
    await this.panel(id)
      .getByRole('button', { name: `${name} ${id}`, exact: true })
      .click();
  }

  /** A dangerous act asks: in the same place, or in a dialog that may want the node's name. */
  async actAndConfirm(id: string, name: string): Promise<void> {
    await this.act(id, name);
    const confirm = this.page.getByRole('button', { name: `Confirm ${name.toLowerCase()} ${id}` });
    await confirm.waitFor();
    const word = this.page.getByLabel(`Type ${id} to go on`);
    if (await word.isVisible()) await word.fill(id);
    await confirm.click();
  }

  async askAt(id: string): Promise<void> {
    const keys = this.page.getByRole('region', { name: 'Keys', exact: true });
    await keys.getByRole('combobox', { name: 'Ask' }).selectOption(id);
  }

  /** The newest request's row. */
  get exchange(): Locator {
    return this.page.getByTestId('exchange').first();
  }

  async set(key: string, value: string): Promise<void> {
    await this.fillKey(key);
    await this.page.getByRole('textbox', { name: 'Value' }).fill(value);
    await this.page.getByRole('button', { name: 'Set', exact: true }).click();
    await expect(this.exchange).toHaveAttribute('data-state', 'answered');
  }

  async get(key: string): Promise<Locator> {
    await this.fillKey(key);
    await this.page.getByRole('button', { name: 'Get', exact: true }).click();
    await expect(this.exchange).toHaveAttribute('data-verb', 'get');
    await expect(this.exchange).toHaveAttribute('data-state', 'answered');
    return this.exchange.locator('[data-field="value"]');
  }

  async remove(key: string): Promise<void> {
    await this.fillKey(key);
    await this.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(this.exchange).toHaveAttribute('data-verb', 'remove');
    await expect(this.exchange).toHaveAttribute('data-state', 'answered');
  }

  private async fillKey(key: string): Promise<void> {
    await this.page.getByRole('textbox', { name: 'Key', exact: true }).fill(key);
  }
}
