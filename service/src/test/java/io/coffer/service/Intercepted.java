package io.coffer.service;

import io.coffer.storage.Storage;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A storage of which a test sees each call, and may refuse it. */
final class Intercepted {
  private Intercepted() {}

  /** A call on its way to the storage. */
  interface Call {
    Object proceed() throws Throwable;
  }

  /** What becomes of a call. */
  interface Interceptor {
    Object intercept(String method, Object[] arguments, Call call) throws Throwable;
  }

  static Storage over(Storage storage, Interceptor interceptor) {
    return (Storage)
        Proxy.newProxyInstance(
            Storage.class.getClassLoader(),
            new Class<?>[] {Storage.class},
            (proxy, method, arguments) -> {
              Call call =
                  () -> {
                    try {
                      return method.invoke(storage, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  };
              var given = arguments == null ? new Object[0] : arguments;
              return interceptor.intercept(method.getName(), given, call);
            });
  }
}
