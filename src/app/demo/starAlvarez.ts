import type { Agenda } from './agenda';
import type { Customer } from './customer';
import { aCustomer, aDevice } from './starCast';
import type { Hear, When } from './stars';
import { Voice } from './voice';

const TABLET = aDevice('a1va7e20', 'tablet');
const BEANS = {
  product_id: 'hr-106',
  sku: 'HR-106',
  name: 'Colombia Huila “Café Viejo”, 250 g',
  category: 'Beans',
  price: 12.9,
  quantity: 2,
};

/** José and Lucía Álvarez share the kitchen's tablet: two customers, one anonymous id, which is whose who signed in last. */
export function tellAlvarez(when: When, agenda: Agenda, hear: Hear): void {
  const jose = new Voice(member('jose', 'José', 'a1va7e21'), agenda, hear);
  const lucia = new Voice(member('lucia', 'Lucía', 'a1va7e22'), agenda, hear);
  when(140, '18:30', () => jose.page(TABLET, 'Inicio', '/es'));
  when(140, '18:34', () => jose.shop(TABLET, 'Product Viewed', { ...BEANS, currency: 'EUR' }));
  evening(when, jose, 140);
  when(131, '18:50', () => lucia.page(TABLET, 'Inicio', '/es'));
  evening(when, lucia, 131);
  when(90, '20:00', () =>
    jose.desk(
      'Ticket Created',
      {
        ticket_id: '3077',
        channel: 'web',
        subject: '¿Dónde está mi pedido?',
        description: 'El paquete tenía que llegar el martes y el seguimiento no avanza.',
      },
      { email: ' JOSE.ALVAREZ@example.net ' },
    ),
  );
  when(90, '21:00', () =>
    jose.desk('Ticket Replied', {
      ticket_id: '3077',
      author_role: 'agent',
      agent_name: 'Beatriz',
      comment: 'Llega mañana, disculpe el retraso.',
      public: true,
    }),
  );
  when(89, '12:00', () => jose.desk('Ticket Solved', { ticket_id: '3077', assignee: 'Beatriz' }));
  when(88, '12:00', () =>
    jose.desk('Survey Answered', { ticket_id: '3077', survey_type: 'csat', score: 5, scale_max: 5, comment: 'Muy amable.' }),
  );
  for (const daysAgo of [70, 35, 7]) evening(when, daysAgo === 35 ? jose : lucia, daysAgo);
}

function evening(when: When, voice: Voice, daysAgo: number): void {
  const { customer } = voice;
  const orderId = `${customer.key === 'jose' ? 11 : 12}${String(daysAgo).padStart(2, '0')}`;
  when(daysAgo, '19:00', () => voice.signUp());
  when(daysAgo, '19:00', () => voice.app(TABLET, 'Signed In', { method: 'password' }));
  when(daysAgo, '19:00', () =>
    voice.identifyInShop(TABLET, { firstName: customer.firstName, lastName: 'Álvarez', email: customer.email, language: 'es' }),
  );
  when(daysAgo, '19:06', () =>
    voice.shop(TABLET, 'Order Completed', { order_id: orderId, total: 25.8, currency: 'EUR', products: [BEANS] }),
  );
  when(daysAgo - 3, '11:00', () => voice.crm('Order Delivered', { order_id: orderId, carrier: 'DHL' }));
  when(daysAgo, '19:20', () => voice.app(TABLET, 'Signed Out', {}));
}

function member(key: string, firstName: string, device: string): Customer {
  const email = `${key}.alvarez@example.net`;
  return aCustomer({
    key,
    name: [firstName, 'Álvarez'],
    email,
    country: 'ES',
    city: 'Málaga',
    devices: [aDevice(device, 'phone'), TABLET],
  });
}
