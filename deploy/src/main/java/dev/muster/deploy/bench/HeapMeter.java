package dev.muster.deploy.bench;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The heap of another JVM of this machine. */
final class HeapMeter implements AutoCloseable {
  private final JMXConnector connector;
  private final MemoryMXBean memory;

  private HeapMeter(JMXConnector connector, MemoryMXBean memory) {
    this.connector = connector;
    this.memory = memory;
  }

  @SuppressWarnings("BanJNDI") // the address is that of a process of our own
  static HeapMeter attach(ProcessHandle process) {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      String address;
      try {
        address = machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
      JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
      return new HeapMeter(
          connector,
          ManagementFactory.newPlatformMXBeanProxy(
              connector.getMBeanServerConnection(),
              ManagementFactory.MEMORY_MXBEAN_NAME,
              MemoryMXBean.class));
    } catch (IOException | AttachNotSupportedException failure) {
      throw new BenchException(
          "cannot look at the heap of process " + process.pid() + ": " + failure.getMessage());
    }
  }

  /** What is in use after a full collection, in bytes. */
  long liveBytes() {
    // What the first collection finalizes, the second frees.
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException gone) {
      // The process ended before us.
    }
  }
}
