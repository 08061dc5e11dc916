import { type FastifyInstance, fastify } from 'fastify';
import { Refusal } from '../kernel/refusals';
import { type OperationPorts, registerOperationRoutes } from './operationRoutes';
import { answerError, type FaultPorts } from './refusalAnswers';

/** For a process that serves nobody else: is it up, does it do its work, how is it doing. Not yet listening. */
export function createOperationsServer(options: OperationPorts & Pick<FaultPorts, 'onFault'>): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  app.setErrorHandler(answerError({ onFault: options.onFault, onRefusal: () => undefined }));
  app.setNotFoundHandler(() => {
    throw new Refusal('NOT_FOUND', 'There is nothing at this path.');
  });
  registerOperationRoutes(app, options);
  return app;
}
